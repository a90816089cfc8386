package io.gpushare.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalImageTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "root", "0", "0:0", "00", "root:root", "0:1000"})
    void neverRunsAsRoot(String user) {
        assertThat(of(user).unprivilegedUser()).isEqualTo("65532:65532");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1000:0", "nobody", "app:users", "10"})
    void keepsAnImagesOwnUser(String user) {
        assertThat(of(user).unprivilegedUser()).isEqualTo(user);
    }

    @Test
    void tellsTheNumberOfItsUserWhereItHasOne() {
        assertThat(of("").unprivilegedUserId()).hasValue(65532);
        assertThat(of("1000:100").unprivilegedUserId()).hasValue(1000);
        assertThat(of("jovyan").unprivilegedUserId()).isEmpty();
        assertThat(of("99999999999").unprivilegedUserId()).isEmpty();
    }

    private static LocalImage of(String user) {
        return new LocalImage("some/image", "sha256:0", List.of(), user);
    }
}
