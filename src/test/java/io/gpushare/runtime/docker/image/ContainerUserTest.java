package io.gpushare.runtime.docker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerUserTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            toor:x:0:0:also root:/root:/bin/sh
            odd:x:none:0::/:
            app:x:1000:100:An app:/home/app:/bin/sh
            app:x:0:0:a second one does not count:/:
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root",
                "0",
                "0:0",
                "00",
                "+0",
                "-0",
                "root:root",
                "0:1000",
                ":1000",
                "toor",
                "toor:100",
                "odd",
                "nobody-knows",
                "-1",
                "99999999999",
                "٠"
            })
    void neverRunsAsRoot(String user) throws Exception {
        assertThat(of(user)).isEqualTo(ContainerUser.NOBODY);
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "+1000,1000", "1000:0,1000:0", "10,10", "app,1000", "app:users,1000:users", "1000:,1000"})
    void keepsAnImagesOwnUserByNumber(String user, String text) throws Exception {
        assertThat(of(user).text()).isEqualTo(text);
    }

    @Test
    void asksForNamesOnly() throws Exception {
        ContainerUser user = ContainerUser.of("1000", name -> OptionalInt.of(0));

        assertThat(user.id()).isEqualTo(1000);
    }

    private static ContainerUser of(String user) throws Exception {
        return ContainerUser.of(user, name -> ContainerUser.idOf(name, PASSWD));
    }
}
