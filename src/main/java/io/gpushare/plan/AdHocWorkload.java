package io.gpushare.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.text.Sha256;
import io.gpushare.workload.ForeignText;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.Workload.Kind;
import io.gpushare.workload.Workload.Launch;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.server.ServerProgram;
import io.gpushare.workload.server.ServerText;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A program that a plan names by its command, and that has no workload.yaml. */
public final class AdHocWorkload {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 40;

    /** Programs that say nothing of what runs: what does is their first argument that is no option. */
    private static final List<String> INTERPRETERS =
            List.of("python", "python3", "bash", "sh", "perl", "torchrun", "accelerate", "env", "nice");

    /** The name of one that somebody runs already, unless it has another. */
    public static final String SERVER = "server";

    private AdHocWorkload() {}

    /** @param folder in which a plain process of it runs */
    public static Workload of(
            String name,
            List<String> command,
            Optional<String> image,
            Path folder,
            Map<String, String> environment,
            ForeignProgram program) {
        return of(
                name,
                command,
                image,
                folder,
                environment,
                Kind.TRAINING,
                ForeignText.unitOf(program),
                Launch.PARALLEL,
                Optional.of(program),
                Optional.empty());
    }

    /** One that somebody runs already, and that is loaded only. */
    public static Workload of(String name, ServerProgram server, String unit) {
        return of(
                name,
                List.of(),
                Optional.empty(),
                Path.of(""),
                Map.of(),
                Kind.SERVER,
                unit,
                Launch.PARALLEL,
                Optional.empty(),
                Optional.of(server));
    }

    private static Workload of(
            String name,
            List<String> command,
            Optional<String> image,
            Path folder,
            Map<String, String> environment,
            Kind kind,
            String unit,
            Launch launch,
            Optional<ForeignProgram> foreign,
            Optional<ServerProgram> server) {
        return new Workload(
                name,
                server.isPresent() ? "A server of somebody's own" : "A program named by its command",
                kind,
                unit,
                GpuNeed.OPTIONAL,
                folder.toAbsolutePath().normalize(),
                command,
                image,
                launch,
                READY_TIMEOUT,
                true,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                environment,
                List.of(),
                foreign,
                server,
                Workload.Origin.FOLDER,
                digest(
                        server.flatMap(ServerProgram::url)
                                .map(url -> List.of(url.toString()))
                                .orElse(command),
                        image));
    }

    /**
     * After what runs, in the letters that a name may have: {@code train} of {@code python src/train.py --epochs 1}.
     */
    public static String nameOf(List<String> command) {
        String telling = command.getFirst();
        boolean interpreter = INTERPRETERS.contains(lastOf(telling));
        for (String word : command.subList(1, command.size())) {
            // What a shell is given in place of a file has no name.
            if (!interpreter || word.equals("-c")) {
                break;
            }
            if (!word.startsWith("-") && !word.contains("=")) {
                telling = word;
                interpreter = INTERPRETERS.contains(lastOf(word));
            }
        }
        String name = lastOf(telling)
                .replaceFirst("\\.(py|sh|pl|bin|exe)$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return name.isEmpty() ? "program" : name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String digest(List<String> command, Optional<String> image) {
        return Sha256.hex(image.orElse("") + "\0" + String.join("\0", command));
    }

    /** Of an entry of a plan's tenants. Relative paths start at the plan's own folder, in which it runs, too. */
    static Workload read(YamlProperties tenant) {
        if (tenant.has("load")) {
            return server(tenant);
        }
        List<String> command = tenant.oneOrMoreTexts("command");
        Path plan = tenant.file().toAbsolutePath();
        String folder = tenant.optionalText("folder").orElse(".");
        return of(
                tenant.optionalText("name").orElseGet(() -> nameOf(command)),
                command,
                tenant.optionalText("image"),
                plan.resolveSibling(folder),
                tenant.textsByName("env"),
                ForeignText.program(tenant));
    }

    private static Workload server(YamlProperties tenant) {
        Path folder = tenant.file()
                .toAbsolutePath()
                .resolveSibling(tenant.optionalText("folder").orElse("."))
                .normalize();
        ServerProgram server = ServerText.read(tenant, folder);
        boolean runs = server.attached();
        List<String> command = runs ? List.of() : tenant.oneOrMoreTexts("command");
        return of(
                tenant.optionalText("name").orElseGet(() -> runs ? SERVER : nameOf(command)),
                command,
                tenant.optionalText("image"),
                folder,
                tenant.textsByName("env"),
                Kind.SERVER,
                ServerText.unit(tenant, server),
                tenant.optionalChoice("launch", Launch.class).orElse(Launch.PARALLEL),
                Optional.empty(),
                Optional.of(server));
    }

    static void put(ObjectNode node, Workload workload) {
        node.put("name", workload.name());
        if (!workload.attached()) {
            workload.command().forEach(node.putArray("command")::add);
        }
        node.put("folder", workload.folder().toString());
        workload.image().ifPresent(image -> node.put("image", image));
        PlanJson.putTexts(node, "env", workload.environment());
        workload.foreign().ifPresent(program -> ForeignText.put(node, program));
        workload.server().ifPresent(server -> {
            node.put("unit", workload.unit());
            if (workload.launch() == Launch.SERIAL) {
                node.put("launch", "serial");
            }
            ServerText.put(node, server);
        });
    }
}
