package io.gpushare.runtime.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.docker.container.ContainerSettings;
import io.gpushare.runtime.docker.container.ContainerStart;
import io.gpushare.runtime.docker.container.DockerOptions;
import io.gpushare.runtime.docker.container.DockerTenant;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAddress;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.engine.EngineSettings;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import io.gpushare.runtime.docker.gpu.GpuAccessProbe;
import io.gpushare.runtime.docker.gpu.GpuPassage;
import io.gpushare.runtime.docker.image.LocalImage;
import io.gpushare.runtime.docker.image.LocalImages;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tenants in containers. */
public final class DockerRuntime implements TenantRuntime {
    private final Engine engine;
    private final DockerOptions options;
    private final Path root;
    private final EngineCalls calls;
    private final EngineSettings settings;
    private final LocalImages images;
    private final ContainerStart start;
    private final Queue<DockerTenant> tenants = new ConcurrentLinkedQueue<>();
    private volatile Optional<GpuPassage> passage = Optional.empty();
    private volatile boolean closed;

    private DockerRuntime(Engine engine, DockerOptions options, Path root, EngineSettings settings, EngineCalls calls) {
        this.engine = engine;
        this.options = options;
        this.root = root;
        this.settings = settings;
        this.calls = calls;
        this.images = new LocalImages(calls);
        this.start = new ContainerStart(calls, settings, options);
    }

    /** @throws GpushareException when the engine that was found answers no longer */
    public static DockerRuntime open(Engine engine, DockerOptions options) {
        return open(engine, options, Path.of("/"), new EngineCalls(engine));
    }

    /** @param root where the machine's devices and CDI specifications are looked for */
    static DockerRuntime open(Engine engine, DockerOptions options, Path root, EngineCalls calls) {
        try {
            return new DockerRuntime(engine, options, root, EngineSettings.of(engine), calls);
        } catch (IOException e) {
            calls.close();
            throw GpushareException.unable(
                    "%s at %s does not answer: %s".formatted(engine, engine.address(), e.getMessage()),
                    "Look at the engine with: gpushare doctor",
                    e);
        }
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public void require(Collection<Workload> workloads) throws InterruptedException {
        for (Workload workload : workloads) {
            LocalImage image = images.of(workload);
            image.builtFrom().ifPresent(origin -> origin.require(workload, image.name()));
            if (options.withGpu() && workload.gpu() != GpuNeed.NONE) {
                passage();
            }
        }
    }

    @Override
    public List<String> doubts(Workload workload, Map<String, String> settings) {
        return Optional.ofNullable(images.known().get(workload.name()))
                .filter(image -> image.builtFrom().isEmpty())
                .map(image ->
                        ("the image %s of the workload %s was not built by `gpushare workloads build`: whether the"
                                        + " program in it is that of the workload's folder is not known")
                                .formatted(image.name(), workload.name()))
                .stream()
                .toList();
    }

    @Override
    public void requireMigDevices() {
        passage().requireMigDevices();
    }

    private synchronized GpuPassage passage() {
        GpuPassage open = passage.orElseGet(() ->
                new GpuPassage(chosen(new GpuAccessProbe(root).on(engine)).kind(), root, engine, options.gpuMinors()));
        passage = Optional.of(open);
        return open;
    }

    private GpuAccess chosen(List<GpuAccess> ways) {
        List<GpuAccess> asked = ways.stream()
                .filter(way -> options.wanted().map(way.kind()::equals).orElse(true))
                .toList();
        return asked.stream().filter(GpuAccess::available).findFirst().orElseThrow(() -> closed(asked));
    }

    private GpushareException closed(List<GpuAccess> asked) {
        GpuAccess first = asked.getFirst();
        String which = options.wanted()
                .map(kind -> "by " + kind.words() + ": ")
                .orElse("in any way; by " + first.kind().words() + ", for one: ");
        return GpushareException.unable(
                "no GPU gets into a container here " + which + first.reason(),
                first.mend().orElse(null));
    }

    /** Only where the engine starts its containers on this very machine, with all that we may use of it. */
    @Override
    public Reading<HostCores> cores() {
        return switch (engine.address()) {
            case EngineAddress.UnixSocket _ -> hostCores();
            case EngineAddress.Tcp _ -> Reading.notMeasured("they run on the engine's machine, which may be another");
            case EngineAddress.Unsupported _ -> Reading.notMeasured("where the engine runs is not known");
        };
    }

    private Reading<HostCores> hostCores() {
        Reading<HostCores> cores = HostCores.read(root);
        int ours = cores.asOptional().map(HostCores::cpus).orElse(0);
        return ours <= settings.cpus()
                ? cores
                : Reading.notMeasured("the engine has " + settings.cpus() + " of the " + ours + " processors");
    }

    @Override
    public OptionalInt userId(Workload workload) throws InterruptedException {
        // A rootless engine gives its containers other numbers than those in the image.
        return engine.rootless()
                ? OptionalInt.empty()
                : OptionalInt.of(images.of(workload).user().id());
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) throws InterruptedException {
        Optional<GpuPassage> way = ContainerSettings.needsGpu(launch) ? Optional.of(passage()) : Optional.empty();
        DockerTenant tenant = start.of(launch, images.of(launch.workload()), way);
        tenant.handOn(output);
        tenants.add(tenant);
        if (closed) {
            tenant.close();
            throw new InterruptedException("the runtime was closed while " + launch.words() + " was started");
        }
        return tenant;
    }

    @Override
    public ObjectNode description() {
        ObjectNode description = JsonNodeFactory.instance
                .objectNode()
                .put("engine", engine.kind().words())
                .put("version", engine.version())
                .put("api_version", engine.apiVersion().toString())
                .put("storage_driver", engine.storageDriver())
                .put("cgroup_version", engine.cgroupVersion())
                .put("cgroup_driver", settings.cgroupDriver())
                .put("rootless", engine.rootless())
                .put("gpu_access", passage.map(way -> way.kind().option()).orElse(null));
        ObjectNode byWorkload = description.putObject("images");
        images.known().forEach((workload, image) -> byWorkload.set(workload, description(image)));
        return description;
    }

    private static ObjectNode description(LocalImage image) {
        ObjectNode description =
                JsonNodeFactory.instance.objectNode().put("name", image.name()).put("id", image.id());
        image.builtFrom()
                .ifPresentOrElse(
                        origin -> description.put("workload_digest", origin.digest()),
                        () -> description
                                .putNull("workload_digest")
                                .put("workload_digest_absent", "it was not built by gpushare workloads build"));
        ArrayNode digests = description.putArray("repository_digests");
        image.repositoryDigests().forEach(digests::add);
        return description;
    }

    @Override
    public void close() {
        closed = true;
        List<Thread> closing = tenants.stream()
                .map(tenant -> Thread.ofVirtual().start(tenant::close))
                .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            calls.close();
        }
    }
}
