package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: what it does with a mouse, keys, colours and paper. */
final class PageInChromiumTest {
    private static final String TABLE = "document.querySelector('.mix table.sortable')";
    private static final String THROUGHPUTS =
            "[..." + TABLE + ".tBodies[0].rows].map(row => Number(row.cells[3].dataset.value))";
    private static final String BOX =
            "(box => box.hidden ? '' : box.textContent)(document.querySelector('.value-box'))";
    private static final String RANGES =
            "[...document.querySelectorAll('.timeline .panel')].map(panel => panel.dataset.range)";
    private static final String CURSORS =
            "[...document.querySelectorAll('.timeline .panel .u-cursor-x')].map(line => line.style.transform)";

    /** The lowest contrast of a text with what it stands on. */
    private static final String LEAST_CONTRAST = """
        (() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data;
          };
          const light = colour => [...rgba(colour)].slice(0, 3)
            .map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = getComputedStyle(at).backgroundColor;
              if (rgba(colour)[3] === 255) return colour;
            }
            return 'white';
          };
          return [...document.querySelectorAll('body *')]
            .filter(element => element.checkVisibility() && !['SCRIPT', 'OPTION'].includes(element.tagName))
            .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(element => {
              const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
              return [(pair[0] + 0.05) / (pair[1] + 0.05), element.outerHTML.slice(0, 80)];
            })
            .reduce((least, one) => one[0] < least[0] ? one : least, [21, '']);
        })()\
        """;

    private static @Nullable Chromium browser;
    private static Path usual = Path.of("");
    private static Path hostile = Path.of("");

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Optional<Path> program = Chromium.program();
        assumeTrue(program.isPresent(), "there is no chromium on PATH");
        usual = folder.resolve("usual.html");
        hostile = folder.resolve("hostile.html");
        Page.write(ExampleReport.usual(), usual);
        Page.write(ExampleReport.hostile(), hostile);
        browser = Chromium.start(program.orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Tab open(Path page) {
        if (browser == null) {
            throw new IllegalStateException("no browser");
        }
        return browser.open(page);
    }

    @Test
    void loadsWithoutComplaintAndAsksForNothing() {
        Tab tab = open(usual);

        assertThat(tab.evaluate("document.querySelectorAll('canvas').length").asInt())
                .isGreaterThanOrEqualTo(6);
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).isEmpty();
    }

    @Test
    void showsNamesThatWouldBeCodeAsText() {
        Tab tab = open(hostile);

        assertThat(tab.text("document.querySelector('.card h4').textContent")).contains(ExampleReport.NASTY);
        assertThat(tab.text("document.querySelector('.starved code').textContent"))
                .contains(ExampleReport.SCRIPT);
        assertThat(tab.text("document.querySelector('.timeline').textContent")).contains("Phases");
        assertThat(tab.evaluate("[...document.scripts].filter(script => script.type === '').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).isEmpty();
    }

    @Test
    void aClickOnAColumnSortsByNumberAndTheNextOneBack() {
        Tab tab = open(hostile);
        String head = ".mix table.sortable thead th:nth-child(4)";

        tab.click(head + " button");
        assertThat(numbers(tab.evaluate(THROUGHPUTS))).hasSize(12).isSorted();
        assertThat(tab.text("document.querySelector('" + head + "').getAttribute('aria-sort')"))
                .isEqualTo("ascending");

        tab.click(head + " button");
        assertThat(numbers(tab.evaluate(THROUGHPUTS)).reversed()).isSorted();
        assertThat(tab.text("document.querySelector('" + head + "').getAttribute('aria-sort')"))
                .isEqualTo("descending");
    }

    @Test
    void keysSortToo() {
        Tab tab = open(hostile);
        tab.evaluate("document.querySelector('.mix table.sortable thead th:nth-child(4) button').focus()");

        tab.press("Enter");

        assertThat(numbers(tab.evaluate(THROUGHPUTS))).hasSize(12).isSorted();
    }

    @Test
    void aWayOfSharingWithoutAValueIsLastHoweverItIsSorted() {
        Tab tab = open(usual);
        String second = "document.querySelectorAll('.mix table.sortable')[1]";
        String last = second + ".tBodies[0].rows[3].cells[2].textContent";

        tab.evaluate(second + ".querySelector('th:nth-child(3) button').click()");
        assertThat(tab.text(last)).isEqualTo("–");
        tab.evaluate(second + ".querySelector('th:nth-child(3) button').click()");
        assertThat(tab.text(last)).isEqualTo("–");
    }

    @Test
    void aBarTellsItsNumbersUnderTheMouseAndWithTheKeys() {
        Tab tab = open(usual);
        Tab.Place bar = tab.place(".bar");

        tab.hover(bar.x(), bar.y());
        assertThat(tab.text(BOX)).contains("exclusive", "n = 3", "95 % interval", "runs: ");
        tab.hover(1, 1);
        assertThat(tab.text(BOX)).isEmpty();

        tab.evaluate("document.querySelector('.bar').focus({ preventScroll: true })");
        assertThat(tab.text(BOX)).contains("95 % interval");
    }

    @Test
    void aChartTellsTheValuesUnderTheMouse() {
        Tab tab = open(usual);

        Tab.Place scaling = tab.place("[data-chart=scaling] .u-over");
        tab.hover(scaling.x(), scaling.y());
        tab.awaitTrue(BOX + ".includes('tenants')");
        assertThat(tab.text(BOX)).contains("mps: ", "samples/s (n = 3, ");

        Tab.Place latency = tab.place("[data-chart=latency] .u-over");
        tab.hover(latency.x(), latency.y());
        tab.awaitTrue(BOX + ".includes('of the steps took no longer than')");
    }

    @Test
    void keysMoveThroughAChart() {
        Tab tab = open(usual);
        tab.place("[data-chart=scaling] .frame");
        tab.evaluate("document.querySelector('[data-chart=scaling] .frame').focus({ preventScroll: true })");

        tab.press("ArrowRight");
        tab.awaitTrue(BOX + ".startsWith('1 tenant\\n')");
        tab.press("ArrowRight");
        tab.awaitTrue(BOX + ".startsWith('2 tenants')");
        tab.press("+");
        tab.awaitTrue("!document.querySelector('[data-chart=scaling] .reset').hidden");
        tab.press("0");
        tab.awaitTrue("document.querySelector('[data-chart=scaling] .reset').hidden");
    }

    @Test
    void draggingZoomsIntoALatencyCurveAndADoubleClickShowsAllAgain() {
        Tab tab = open(usual);
        String range = "document.querySelector('[data-chart=latency]').dataset.range";
        String whole = tab.text(range);
        Tab.Place plot = tab.place("[data-chart=latency] .u-over");

        tab.drag(plot.x(), plot.y(), plot.x() + plot.width() / 4);
        tab.awaitTrue(range + " !== '" + whole + "'");
        tab.doubleClick(plot.x(), plot.y());
        tab.awaitTrue(range + " === '" + whole + "'");
    }

    @Test
    void allOfATimelineZoomsTogetherAndHasOneCursor() {
        Tab tab = open(usual);
        String whole = tab.evaluate(RANGES).toString();
        Tab.Place power = tab.place(".timeline .panel:nth-of-type(3) .u-over");

        tab.hover(power.x(), power.y());
        tab.awaitTrue("new Set(" + CURSORS + ").size === 1 && !" + CURSORS + "[0].includes('-10px')");
        assertThat(tab.text(BOX)).contains("power: ", " W");

        tab.drag(power.x(), power.y(), power.x() + power.width() / 5);
        tab.awaitTrue("JSON.stringify(" + RANGES + ") !== '" + whole + "' && new Set(" + RANGES + ").size === 1");
        tab.doubleClick(power.x(), power.y());
        tab.awaitTrue("JSON.stringify(" + RANGES + ") === '" + whole + "'");
    }

    @Test
    void anotherRunCanBeChosenForTheTimeline() {
        Tab tab = open(hostile);
        String canvas = "document.querySelector('.timeline canvas').toDataURL()";
        int length = tab.text(canvas).length();
        tab.evaluate("(select => { select.selectedIndex = 2; select.dispatchEvent(new Event('change')); })"
                + "(document.querySelector('.choice select'))");

        tab.awaitTrue("document.querySelectorAll('.timeline .panel').length === 4");
        tab.awaitTrue(canvas + ".length !== " + length);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void darkIsDarkAndTextsStandOutInBoth() {
        Tab tab = open(usual);
        String paper = "getComputedStyle(document.body).backgroundColor";

        tab.prefer("prefers-color-scheme", "light");
        String light = tab.text(paper);
        assertContrast(tab);
        tab.prefer("prefers-color-scheme", "dark");
        assertThat(tab.text(paper)).isNotEqualTo(light);
        assertContrast(tab);

        tab.click(".theme");
        assertThat(tab.text(paper)).isEqualTo(light);
    }

    @Test
    void printsLightWithNothingFoldedAwayAndIsAsBeforeThen() {
        Tab tab = open(usual);
        tab.prefer("prefers-color-scheme", "dark");
        tab.evaluate("addEventListener('beforeprint', () => { window.printed ="
                + " [document.querySelectorAll('details:not([open])').length,"
                + " document.documentElement.dataset.theme]; })");

        byte[] pdf = tab.pdf();

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(tab.evaluate("printed").toString()).isEqualTo("[0,\"light\"]");
        assertThat(tab.evaluate("document.querySelectorAll('details[open]').length")
                        .asInt())
                .isZero();
        assertThat(tab.evaluate("document.documentElement.dataset.theme === undefined")
                        .asBoolean())
                .isTrue();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theFirstScreenHasAnAnswerAndAChart() {
        Tab tab = open(usual);

        tab.size(1400, 900);

        tab.awaitTrue("document.querySelector('.advice').getBoundingClientRect().bottom < 900");
        tab.awaitTrue("document.querySelector('.card .bar-figure').getBoundingClientRect().bottom < 900");
        assertThat(tab.text("document.querySelector('.card .bar-figure').innerText"))
                .contains("progress of all", "time-slicing", "mps");
    }

    @Test
    void anAdviceIsTheStrongestThingOfItsCard() {
        Tab tab = open(usual);
        String strength = "(element => { const style = getComputedStyle(element);"
                + " return parseFloat(style.fontSize) * Number(style.fontWeight); })";

        assertThat(tab.text("document.querySelector('.advice strong').textContent"))
                .isEqualTo("Use mig for bert-infer");
        assertThat(tab.evaluate("Math.max(...[...document.querySelectorAll('.card:first-child *')]"
                                + ".filter(element => !element.matches('.advice strong')).map(" + strength + "))")
                        .asDouble())
                .isLessThan(tab.evaluate(strength + "(document.querySelector('.advice strong'))")
                        .asDouble());
    }

    @Test
    void noTableIsScrolledToReadANumberOnANarrowScreen() {
        for (Path page : List.of(usual, hostile)) {
            Tab tab = open(page);
            tab.size(400, 800);
            tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })");

            tab.awaitTrue(
                    "[...document.querySelectorAll('.scroll')].every(table => table.scrollWidth <= table.clientWidth)");
            tab.awaitTrue(
                    "[...document.querySelectorAll('.scroll td')].every(cell => cell.getBoundingClientRect().right <="
                            + " 400)");
            assertThat(tab.text(
                            "getComputedStyle(document.querySelector('.mix td:nth-of-type(2)'), '::before').content"))
                    .isEqualTo("\"progress of all\"");
        }
    }

    @Test
    void fitsANarrowScreenWhateverTheNames() {
        Tab tab = open(hostile);

        tab.size(400, 800);

        tab.awaitTrue("document.documentElement.scrollWidth <= 400");
        tab.awaitTrue("Math.max(...[...document.querySelectorAll('canvas')].map(canvas => canvas.clientWidth)) <= 400");
    }

    @Test
    void textsAndTablesNeedNoJavaScript() {
        Tab tab = open(usual);
        tab.call("Emulation.setScriptExecutionDisabled", DevTools.parameters().put("value", true));
        tab.load();

        assertThat(tab.text("document.querySelector('.card').innerText")).contains("23 % more work");
        assertThat(tab.text(TABLE + ".innerText")).contains("time-slicing", "best");
        assertThat(tab.text("document.querySelector('[data-chart=latency]').parentElement.innerText"))
                .contains("drawn by JavaScript, which is off");
        assertThat(tab.evaluate("[...document.querySelectorAll('button')].filter(button =>"
                                + " button.checkVisibility()).length")
                        .asInt())
                .isZero();
    }

    @Test
    void aCommandCanBeCopied() {
        Tab tab = open(usual);
        tab.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");

        tab.click(".card .copy");

        assertThat(tab.text("copied")).isEqualTo("gpushare bench --mode mps --workloads 'bert-infer'");
        assertThat(tab.text("document.querySelector('.card .copy').textContent"))
                .isEqualTo("Copied");
    }

    private static void assertContrast(Tab tab) {
        JsonNode least = tab.evaluate(LEAST_CONTRAST);
        assertThat(least.get(0).asDouble()).as(least.get(1).asText()).isGreaterThanOrEqualTo(4.5);
    }

    private static List<Double> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asDouble).toList();
    }
}
