package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.text.Shell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdHocWorkloadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python train.py --epochs 1                 | train
            /usr/bin/python3 -u src/My_Train.py        | my-train
            env CUDA_LAUNCH_BLOCKING=1 python3 a.py    | a
            bash -c 'while :; do echo 5; done'         | bash
            gpu_burn 60                                | gpu-burn
            ./bench                                    | bench
            python -m torch.distributed.run train.py   | torch-distributed-run
            ...                                        | program
            """)
    void isCalledAfterWhatRuns(String command, String name) {
        assertThat(AdHocWorkload.nameOf(Shell.words(command))).isEqualTo(name);
    }
}
