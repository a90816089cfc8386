package io.gpushare.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.text.SafeText;
import io.gpushare.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What stands between {@code <script>} and {@code </script>}, or in a style: there, nothing can be escaped. */
record Embedded(String content) implements Html {
    Embedded {
        String lower = content.toLowerCase(Locale.ROOT);
        if (lower.contains("</script") || lower.contains("</style") || lower.contains("<!--")) {
            throw new IllegalArgumentException("this would end the element that holds it: " + content);
        }
    }

    /**
     * A {@code <} can only be part of a text there, and texts have another way to say it; so are characters that drive.
     */
    static Embedded json(JsonNode node) {
        return new Embedded(SafeText.of(node.toString()).replace("<", "\\u003c"));
    }

    /** As a content security policy names it. */
    String hash() {
        byte[] digest = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        out.append(content);
    }
}
