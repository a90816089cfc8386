package io.gpushare.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.compare.Threshold.Direction;
import io.gpushare.compare.Threshold.Limit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ThresholdTextTest {
    @ParameterizedTest
    @CsvSource({"p99>+10%, 10", "p99>10%, 10", "p99>-5%, -5", "p99 > + 2.5 %, 2.5", "p99>.5%, 0.5", "p99>0%, 0"})
    void readsChangesInPercent(String text, double percent) {
        Threshold threshold = ThresholdText.parse(text);

        assertThat(threshold.metric()).isEqualTo("p99");
        assertThat(threshold.direction()).isEqualTo(Direction.ABOVE);
        assertThat(threshold.limit()).isEqualTo(new Limit.Relative(percent));
    }

    @Test
    void readsBoundsWithTheirUnit() {
        assertThat(ThresholdText.parse("p99<12.5ms").limit()).isEqualTo(new Limit.Absolute(12.5, "ms"));
        assertThat(ThresholdText.parse("stp<1.5").limit()).isEqualTo(new Limit.Absolute(1.5, ""));
        assertThat(ThresholdText.parse("throughput < 900 samples/s").limit())
                .isEqualTo(new Limit.Absolute(900, "samples/s"));
        assertThat(ThresholdText.parse("stp<1.5").direction()).isEqualTo(Direction.BELOW);
    }

    @Test
    void readsAVariantWithItsSettings() {
        Threshold threshold = ThresholdText.parse("p99/resnet-train[batch=128,precision=bf16]>+10%");

        assertThat(threshold.metric()).isEqualTo("p99");
        assertThat(threshold.variant()).isEqualTo(Optional.of("resnet-train[batch=128,precision=bf16]"));
        assertThat(threshold.text()).isEqualTo("p99/resnet-train[batch=128,precision=bf16]>+10%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "p99",
                "p99>",
                ">10%",
                "p99=10%",
                "p99>=10%",
                "p99>ten%",
                "p99>10%<5%",
                "p99>+12ms",
                "p99/>10%",
                "p99>1e99%",
                "p99>--5%",
                "p99>99999999999999999999"
            })
    void saysInASentenceWhatIsWrong(String text) {
        assertThatThrownBy(() -> ThresholdText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no threshold: ")
                .hasMessageEndingWith("Say it like p99>+10%, stp<-5%, p99/bert-infer>12ms or fairness<0.8.");
    }

    @Test
    void explainsTheCommonMistakes() {
        assertThatThrownBy(() -> ThresholdText.parse("p99=10%")).hasMessageContaining("with > or <, not with =");
        assertThatThrownBy(() -> ThresholdText.parse("p99+10%")).hasMessageContaining("neither > nor <");
        assertThatThrownBy(() -> ThresholdText.parse("p99>")).hasMessageContaining("ends before its limit");
        assertThatThrownBy(() -> ThresholdText.parse("p99>+12ms")).hasMessageContaining("a bound without a sign");
    }
}
