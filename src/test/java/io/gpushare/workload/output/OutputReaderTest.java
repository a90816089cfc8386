package io.gpushare.workload.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.workload.output.MeasureRule.Kind;
import io.gpushare.workload.output.MeasureRule.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputReaderTest {
    private final List<String> hits = new ArrayList<>();

    private OutputReader reader(String... rules) {
        return new OutputReader(
                Arrays.stream(rules)
                        .flatMap(rule -> RuleText.parse(rule).stream())
                        .toList(),
                new OutputReader.Listener() {
                    @Override
                    public void line(String line) {}

                    @Override
                    public void hit(MeasureRule rule, double number) {
                        hits.add(String.format(Locale.ROOT, "%s %s %.4g", rule.kind(), rule.name(), number));
                    }
                });
    }

    private static void print(OutputReader reader, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.stderr(bytes, 0, bytes.length);
    }

    @Test
    void readsABarThatIsDrawnOverAndOver() {
        OutputReader reader = reader("tqdm");

        print(reader, "\r 50%|█████     | 50/100 [00:04<00:04, 12.35it/s]\r 51%|█████     | 51/100 [00:0");
        print(reader, "4<00:03, 12.50it/s, loss=0.3]\r 99%| | 99/100 [00:09<00:01,  1.04s/it]");
        reader.end();

        assertThat(hits).containsExactly("RATE iteration 12.35", "RATE iteration 12.50", "TIME_EACH iteration 1.040");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        image/s=([0-9.]+) img/s   | Epoch 1: 1834.2 img/s        | RATE image 1834
        image/s=([0-9.,]+) img/s  | 1,834.2 img/s                | RATE image 1834
        image/s=([0-9.]+k?) img/s | 1.8k img/s                   | RATE image 1800
        image/min=([0-9]+) per    | 90 per minute                | RATE image 1.500
        ms/token=([0-9.]+) ms     | took 12.5 ms                 | TIME_EACH token 0.01250
        step:ms=step ([0-9.]+)    | step 20                      | DURATION step 0.02000
        count:sample=at ([0-9]+)  | at 1200 of 5000              | COUNT sample 1200
        value:loss=loss: (\\S+)   | loss: 2.5e-1                 | VALUE loss 0.2500
        a/s=(?<number>\\d+) [ab]  | 7 b 8 a                      | RATE a 8.000
        """)
    void readsANumberAsItsRuleSays(String rule, String line, String hit) {
        OutputReader reader = reader(rule);

        print(reader, line + "\n");

        assertThat(hits).containsExactly(hit);
        assertThat(reader.oddity()).isEmpty();
    }

    @Test
    void aNumberOfWhichOnlyTheEndWouldBeFoundIsOddAndNoFigure() {
        OutputReader reader = reader("it/s=([0-9.]+) it/s");

        print(reader, "12,3 it/s\n");

        assertThat(hits).isEmpty();
        assertThat(reader.oddity()).contains("'12,3' is no number as the rule reads it, in the line: 12,3 it/s");
    }

    @Test
    void readsADecimalCommaWhereItIsExpected() {
        MeasureRule rule =
                new MeasureRule("it", Kind.RATE, new Source.Line(NumberPattern.parse("([0-9.,]+) it/s", true)), 1);

        assertThat(rule.in("1.012,3 it/s")).contains(1012.3);
    }

    @Test
    void looksIntoADocumentAtItsEnd() {
        OutputReader reader = reader("op/s=$.results[1].mean", "value:sd=$['results'][1].stddev", "op/s=$.none");
        byte[] text =
                "{\"results\": [\n{\"mean\": 1}, {\"mean\": 2.5, \"stddev\": 3}]}\n".getBytes(StandardCharsets.UTF_8);

        reader.stdout(text, 0, 20);
        reader.stdout(text, 20, text.length - 20);
        assertThat(hits).isEmpty();
        reader.end();

        assertThat(hits).containsExactly("RATE op 2.500", "VALUE sd 3.000");
    }

    @Test
    void keepsOfALineWithoutEndOnlyItsBegin() {
        OutputReader reader = reader("it/s=([0-9.]+) it/s");
        byte[] flood = new byte[1 << 20];
        Arrays.fill(flood, (byte) 'x');

        print(reader, "5 it/s ");
        for (int i = 0; i < 300; i++) {
            reader.stdout(flood, 0, flood.length);
            reader.stderr(flood, 0, flood.length);
        }
        reader.end();

        assertThat(hits).containsExactly("RATE it 5.000");
        assertThat(reader.lines()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        it/s=[0-9]+ it    | has no group that holds the number
        it/s=([0-9        | is no regular expression
        loss=(.*)         | does not say what the number is
        it/s=$.a..b       | is no path in a JSON document
        step:years=(.*)   | is no unit of time
        tqdn              | no rules called
        """)
    void refusesWhatIsNoRule(String text, String reason) {
        assertThatThrownBy(() -> RuleText.parse(text)).hasMessageContaining(reason);
    }
}
