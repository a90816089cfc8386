package io.gpushare.runtime.process;

import io.gpushare.runtime.Tenant;
import java.nio.file.Path;
import java.util.Map;

/** Starts a tenant and waits to be killed: FOLDER SCRIPT. */
final class OwnerProcess {
    private OwnerProcess() {}

    public static void main(String[] args) throws InterruptedException {
        ProcessRuntime runtime = new ProcessRuntime(System.getenv(), Map.of(), new LeftBehind());
        Tenant tenant = runtime.launch(
                ProcessWorkloads.launch(0, ProcessWorkloads.shell(Path.of(args[0]), args[1])), new PrintedOutput());
        System.out.println(ProcessWorkloads.launch(0, ProcessWorkloads.shell(Path.of(args[0]), ""))
                .runId());
        Thread.sleep(600_000);
        tenant.close();
    }
}
