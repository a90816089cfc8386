package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.FakeTenants.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeTenantTest {
    @TempDir
    Path folder;

    @Test
    void followsTheProtocolFromStartToStop() throws InterruptedException, IOException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                Tenant tenant = FakeTenants.start(gpus, Map.of(), "--step-ms", "20")) {
            tenant.ready().start();
            tenant.await(text -> text.contains("\"type\":\"window\""));
            tenant.say(FakeTenants.STOP);
            assertThat(tenant.awaitEnd()).contains("0");
            assertThat(tenant.heard().text().lines().map(FakeTenantTest::type).distinct())
                    .containsExactly("hello", "ready", "started", "window", "result");
            assertThat(gpus.show()).doesNotContain("process");
        }
    }

    private static String type(String line) {
        var matcher = Pattern.compile("\"type\":\"(\\w+)\"").matcher(line);
        return matcher.find() ? matcher.group(1) : line;
    }

    @Test
    void seesTheMigDeviceItIsGiven() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--geometry", "3g.71gb,1g.18gb")) {
            String list = gpus.run("nvidia-smi", "-L").stdout();
            String uuid = list.substring(list.lastIndexOf("MIG-"), list.lastIndexOf(')'));
            try (Tenant tenant = FakeTenants.start(gpus, Map.of("CUDA_VISIBLE_DEVICES", uuid))) {
                assertThat(tenant.ready().heard().text())
                        .contains("\"uuid\":\"" + uuid + "\"", "\"sm_count\":16", "NVIDIA H200 MIG 1g.18gb");
                assertThat(gpus.run("nvidia-smi", "mig", "-dci").stdout())
                        .contains("Successfully destroyed compute instance ID  0 from GPU  0 GPU instance ID  1")
                        .contains("GPU instance ID  7: In use by another client");
            }
        }
    }

    @Test
    void saysThatThereIsNoDevice() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                Tenant tenant = FakeTenants.start(gpus, Map.of("CUDA_VISIBLE_DEVICES", "MIG-00000000"))) {
            tenant.await(text -> text.contains("\"kind\":\"gpu\""));
        }
    }

    @Test
    void findsTheGpuTakenInExclusiveProcessMode() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--compute-mode", "3");
                Tenant first = FakeTenants.start(gpus, Map.of())) {
            first.ready();
            try (Tenant second = FakeTenants.start(gpus, Map.of())) {
                second.await(text -> text.contains("busy or unavailable"));
            }
        }
    }

    @Test
    void isOffTheGpuAsSoonAsItIsKilled() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                Tenant tenant = FakeTenants.start(gpus, Map.of(), "--die-after-ms", "100")) {
            tenant.ready();
            Waiting.until(gpus::show, text -> !text.contains("process"));
        }
    }
}
