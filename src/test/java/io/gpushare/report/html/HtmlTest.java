package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlTest {

    @Test
    void textStaysTextInAnElementAndInAnAttribute() throws IOException {
        Element element = Element.of("p").set("title", "\"><script>'").text("</p><script>&amp;\u0000");

        assertThat(written(element))
                .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;&#39;\">&lt;/p&gt;&lt;script&gt;&amp;amp;\uFFFD</p>");
    }

    @Test
    void elementsWithoutContentHaveNoEnd() throws IOException {
        assertThat(written(Element.of("meta").set("charset", "utf-8"))).isEqualTo("<meta charset=\"utf-8\">");
        assertThat(written(Element.of("button").flag("hidden"))).isEqualTo("<button hidden></button>");
    }

    @ParameterizedTest
    @CsvSource({"onclick, alert(1)", "style, color:red", "src, page.js", "href, javascript:alert(1)", "href, page.html"
    })
    void whatCouldActOrLeadOutsideIsRefused(String attribute, String value) {
        Element element = Element.of("a");

        assertThatThrownBy(() -> element.set(attribute, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p onclick", "", "1p", "p>"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> Element.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a</script>", "a</SCRIPT >", "</style", "<!-- a"})
    void whatWouldEndItsElementCannotBeEmbedded(String content) {
        assertThatThrownBy(() -> new Embedded(content)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void embeddedDataHoldNoMarkupAndAreReadAsTheyWere() throws IOException {
        JsonNode data = JsonNodeFactory.instance.objectNode().put("name", "</script><!-- \\ <b>");

        String written = written(Embedded.json(data));

        assertThat(written).doesNotContain("<");
        assertThat(new ObjectMapper().readTree(written)).isEqualTo(data);
    }

    private static String written(Html html) throws IOException {
        StringBuilder text = new StringBuilder();
        html.writeTo(text);
        return text.toString();
    }
}
