package io.gpushare.doctor;

import static io.gpushare.doctor.ReportReading.capability;
import static io.gpushare.doctor.ReportReading.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.doctor.Finding.State;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MpsCheckTest {
    @TempDir
    Path root;

    @Test
    void notesAnMpsDaemonThatRunsAlready() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "read question; [ \"$question\" = get_server_list ] && echo 472")
                .examine();

        assertThat(finding(report, "mps-daemon").state()).isEqualTo(State.NOTE);
        assertThat(finding(report, "mps-daemon").values())
                .containsEntry("running", true)
                .containsEntry("servers", List.of(472L));
        assertThat(finding(report, "mps-daemon").mend())
                .contains("echo 'quit -t 5' | CUDA_MPS_PIPE_DIRECTORY=" + Shell.quoted(root + "/tmp/nvidia-mps")
                        + " nvidia-cuda-mps-control");
    }

    @Test
    void asksTheDaemonOfTheEnvironmentsPipeDirectory() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("elsewhere/control", "")
                .variable("CUDA_MPS_PIPE_DIRECTORY", root.resolve("elsewhere").toString())
                .program("nvidia-cuda-mps-control", "[ \"$CUDA_MPS_PIPE_DIRECTORY\" = '" + root + "/elsewhere' ]")
                .examine();

        assertThat(finding(report, "mps-daemon").values())
                .containsEntry("running", true)
                .containsEntry("servers", List.of());
    }

    @Test
    void believesTheControlProgramThatADaemonsSocketIsLeftOver() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .examine();

        assertThat(finding(report, "mps-daemon").values()).containsEntry("running", false);
    }

    @Test
    void doesNotWaitForAControlProgramThatHangs() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "exec sleep 600")
                .examine();

        assertThat(finding(report, "mps-daemon").state()).isEqualTo(State.BROKEN);
        assertThat(finding(report, "mps-daemon").found())
                .isEqualTo("`nvidia-cuda-mps-control` did not end within 1 s and was killed");
        assertThat(finding(report, "gpu-0").state()).isEqualTo(State.OK);
    }

    @Test
    void quotesAControlProgramThatSaysSomethingElse() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "echo 'Unknown command \"get_server_list\"'")
                .examine();

        assertThat(finding(report, "mps-daemon").found())
                .isEqualTo("nvidia-cuda-mps-control exited with 0 and said: Unknown command \"get_server_list\"");
    }

    @Test
    void doesWithoutMpsWhereItsServerIsMissing() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .without("nvidia-cuda-mps-server")
                .examine();

        assertThat(capability(report, "mps").why()).isEqualTo("nvidia-cuda-mps-server is not on the PATH");
    }
}
