package io.gpushare.study.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SloTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "resnet-infer.p99=10ms; resnet-infer; 0.99; 10",
                "resnet-infer.p99.9=1.5s; resnet-infer; 0.999; 1500",
                "spin.p50=0.25MS; spin; 0.5; 0.25",
                "resnet-infer[batch=16].p90=2s; resnet-infer[batch=16]; 0.9; 2000",
                "my.model[precision=1.5].p95=7ms; my.model[precision=1.5]; 0.95; 7",
                "a.p99=b.p99=1ms; a.p99=b; 0.99; 1"
            })
    void readsWorkloadsVariantsPercentilesAndUnits(String text, String workload, double percentile, double boundMs) {
        assertThat(SloText.parse(text)).isEqualTo(new Slo(workload, percentile, boundMs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "resnet-infer=10ms; is no bound; write WORKLOAD.p99=10ms",
                ".p99=10ms; is no bound",
                "resnet-infer.p99; is no bound",
                "resnet-infer.q99=10ms; is no bound",
                "resnet-infer.p99=10; lacks the unit of its bound; write 10ms, or 10s",
                "resnet-infer.p99=; lacks the unit of its bound; write 10ms",
                "resnet-infer.p49=10ms; percentiles from p50 to p99.9 can have a bound",
                "resnet-infer.p99.99=10ms; percentiles from p50 to p99.9",
                "resnet-infer.p100=10ms; percentiles from p50 to p99.9",
                "resnet-infer.p99=-1ms; is not a duration",
                "resnet-infer.p99=0ms; must be longer than nothing",
                "resnet-infer.p99=tenms; is not a duration"
            })
    void saysInASentenceWhatIsWrong(String text, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SloText.parse(text))
                .withMessageContaining(sentence);
    }
}
