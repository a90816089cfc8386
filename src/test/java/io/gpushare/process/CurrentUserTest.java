package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CurrentUserTest {
    @Test
    void isWhomThisProgramsChildrenRunAs() throws InterruptedException {
        CommandResult id =
                new CommandRunner(System.getenv()).run(Command.of("id", "-u").timeout(Duration.ofSeconds(10)));
        assertThat(CurrentUser.id()).hasValue(Integer.parseInt(id.stdout().strip()));
    }
}
