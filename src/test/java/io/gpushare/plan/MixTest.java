package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MixTest {
    @Test
    void kindsTakeTurnsByWeight() {
        assertThat(Mix.parse("training=2,inference=1,interactive").workloads(6))
                .containsExactly(
                        "resnet-train", "resnet-train", "resnet-infer", "notebook", "resnet-train", "resnet-train");
    }

    @Test
    void theUsualMixHasAllThreeKinds() {
        assertThat(Mix.OF_ALL_KINDS.workloads(4))
                .containsExactly("resnet-train", "resnet-infer", "notebook", "resnet-train");
    }

    @Test
    void aKindMayBeLeftOut() {
        assertThat(Mix.parse("training=0, stress=1").workloads(2)).containsExactly("matmul-burn", "matmul-burn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "trainig=2|there is no kind of workload 'trainig' to mix|Did you mean training?",
                "games|there is no kind of workload 'games' to mix|There are: training, inference, interactive,"
                        + " stress, server.",
                "training=2,training=1|the mix 'training=2,training=1' names training twice|Write it as",
                "training=-1|'training=-1' is not a mix|Write it as",
                "training=2,|'training=2,' is not a mix|Write it as",
                "training=0|the mix 'training=0' leaves nothing to run|Write it as"
            })
    void refusesWhatIsNoMix(String text, String sentence, String advice) {
        assertThatThrownBy(() -> Mix.parse(text)).isInstanceOfSatisfying(GpushareException.class, refused -> {
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.sentence()).isEqualTo(sentence);
            assertThat(refused.advice().orElseThrow()).startsWith(advice);
        });
    }
}
