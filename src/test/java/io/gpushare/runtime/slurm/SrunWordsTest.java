package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SrunWordsTest {
    private final SrunWords words = new SrunWords();

    @Test
    void remembersWhatSrunSaysOfTheEnd() {
        assertThat(words.test("srun: error: n1: task 0: Out Of Memory")).isFalse();
        assertThat(words.test("Traceback")).isFalse();
        assertThat(words.taskEnd()).isEqualTo("Out Of Memory");
    }

    @Test
    void keepsBackThatTheSiteBindsNothing() {
        assertThat(words.test("srun: cluster configuration lacks support for cpu binding"))
                .isTrue();
    }
}
