package io.gpushare;

import static io.gpushare.FakeCloud.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code gpu-configs/gcp/cloud.sh} looks at before anything costs money, and what it makes of a refusal. */
final class CloudOptionsTest extends GkeInAFakeCloud {
    @Test
    void makesNothingBesideAClusterOfTheSameName() throws Exception {
        cloud.has("cluster,mine", "us-central1-a", "mine", "an earlier call");
        assertEnded(gke("all"), 3, "there is already: cluster mine us-central1-a", "gke.sh down --name mine");
        assertThat(changes()).isEmpty();
        assertThat(cloud.things()).contains("cluster,mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ERROR: Quota 'GPUS_ALL_REGIONS' exceeded. Limit: 0.0 globally.;      its quota; GPUS_ALL_REGIONS' exceeded",
                "ERROR: ZONE_RESOURCE_POOL_EXHAUSTED: try later;                      no nvidia-tesla-t4 to give; europe-west4-b",
                "ERROR: Kubernetes Engine API has not been used in project 1;         switched off; gcloud services enable container",
                "ERROR: Required 'container.clusters.create' permission;              this account may not; container.clusters.create",
            })
    void explainsWhatGoogleRefuses(String said, String words, String more) throws Exception {
        cloud.refuse(1, "clusters create", "1", said);
        assertEnded(gke("up"), 3, words, more);
        assertNothingIsLeft();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertEnded(cloud.run("gke", "up"), 2, "no project is chosen", "--project my-project");
        cloud.write("project", "configured\n");
        assertEnded(cloud.run("gke", "left"), 0, "");
        cloud.write("account", "");
        assertEnded(gke("up"), 3, "nobody is logged in", "gcloud auth login");
        cloud.write("account", "me\n");
        assertEnded(
                gke("up", "--zone", "europe-west9-b"),
                2,
                "there is no nvidia-tesla-t4 in the zone europe-west9-b",
                "europe-west4-b us-central1-a");
        assertEnded(gke("image", "--bundle", "none.tar.xz"), 3, "there is no bundle", "mvn -Pbundle package");
        cloud.refuse(1, "machine-types describe", "1", "ERROR: not found");
        assertEnded(gke("up"), 2, "there is no machine type n1-standard-8");
        cloud.refuse(1, "docker version", "1", "Cannot connect to the Docker daemon");
        assertEnded(gke("all"), 3, "the Docker engine does not answer", "Cannot connect");
        Path few = Files.createDirectory(temporary.resolve("few"));
        for (String program : List.of("bash", "dirname", "tr", "sed", "date", "cat")) {
            Files.copy(Path.of("/usr/bin", program), few.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        cloud.set("PATH", few.toString());
        assertEnded(gke("up"), 3, "gcloud is not on the PATH");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "up --nonsense",
                "up --name Mine",
                "up --name 'a b'",
                "up --name --zone",
                "up --name ''",
                "up --name mine-",
                "up --zone here",
                "up --count 3",
                "up --project '$(touch x)'",
                "up --machine e2-standard-4",
                "up --accelerator nvidia-l4",
                "up --hours 0",
                "up --share mps:1",
                "up --zone"
            })
    void refusesWhatMeansNothing(String arguments) throws Exception {
        CommandResult ran = cloud.shell("'%s' %s".formatted(FakeCloud.script("gke"), arguments));
        assertEnded(ran, 2, "error: ");
        assertThat(cloud.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Jürgen O'Neil, gpushare-j-rgen-o-neil",
        "$(id), gpushare-id",
        "ROOT, gpushare-root",
        "'', gpushare-me",
        "--, gpushare"
    })
    void namesThingsAfterWhoeverItIs(String user, String name) throws Exception {
        cloud.set("USER", user);
        assertThat(cloud.run("gke", "down", "--project", "p", "--dry-run").stdout())
                .contains("clusters delete " + name + " --project=p");
    }
}
