package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a person is told when this machine cannot do it. */
final class Refused {
    private Refused() {}

    /** @return sentence and advice */
    static String words(ThrowingCallable change) {
        StringBuilder words = new StringBuilder();
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(change)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE))
                .satisfies(refusal -> words.append(refusal.sentence())
                        .append('\n')
                        .append(refusal.advice().orElseThrow()));
        return words.toString();
    }
}
