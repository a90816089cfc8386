package io.gpushare.sim.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Quantum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All of {@code model.yaml}. */
public record Model(
        Sharing sharing,
        BaseboardModel baseboard,
        Map<String, GpuProfile> gpus,
        Map<String, WorkloadModel> workloads,
        Map<String, MisbehaviourModel> misbehaviours) {
    public Model {
        gpus = new LinkedHashMap<>(gpus);
        workloads = new LinkedHashMap<>(workloads);
        misbehaviours = new LinkedHashMap<>(misbehaviours);
    }

    /**
     * @param quantumUs of a turn under time-slicing, for each setting
     * @param switchUs between two turns
     * @param mpsLaunchUs what a launch costs the host more under MPS
     * @param mpsBesideUs what a kernel waits beside one that fills its own share of the SMs
     * @param hostJitter deviation of a step's host time, as a share of it
     */
    public record Sharing(
            Map<Quantum, Double> quantumUs,
            double switchUs,
            double mpsLaunchUs,
            double mpsBesideUs,
            double hostJitter) {
        public Sharing {
            quantumUs = new EnumMap<>(quantumUs);
        }

        public long quantumNanos(Quantum quantum) {
            return Math.round(Objects.requireNonNull(quantumUs.get(quantum)) * 1000);
        }

        public long switchNanos() {
            return Math.round(switchUs * 1000);
        }
    }

    private static final class Loaded {
        static final Model MODEL = read();
    }

    /** As shipped. */
    public static Model shipped() {
        return Loaded.MODEL;
    }

    /** @throws GpushareException (status USAGE) that names those there are */
    public GpuProfile gpu(String profile) {
        GpuProfile gpu = gpus.get(profile);
        if (gpu == null) {
            throw GpushareException.usage(
                    "There is no simulated GPU named \"" + profile + "\".",
                    "Simulate one of: " + String.join(", ", gpus.keySet()) + ".");
        }
        return gpu;
    }

    /** The GPU that the workloads' constants were measured on. */
    public GpuProfile reference() {
        return gpu("h200");
    }

    /** @throws GpushareException (status UNABLE) that names those there are */
    public WorkloadModel workload(String name) {
        WorkloadModel workload = workloads.get(name);
        if (workload == null) {
            throw GpushareException.unable(
                    "The simulation does not know the workload " + name + ".",
                    "It knows " + String.join(", ", workloads.keySet()) + ". Run others on a real GPU.");
        }
        return workload;
    }

    /**
     * What is a guess about a workload with these settings, in a sentence, if anything is.
     *
     * @throws GpushareException (status USAGE) for a setting that the model would ignore, or that is not what it should
     *     be
     */
    public Optional<String> doubt(String workload, Map<String, String> settings) {
        return new KnownSettings(workload, workload(workload)).doubt(settings);
    }

    private static Model read() {
        YAMLMapper mapper = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream file =
                Objects.requireNonNull(Model.class.getResourceAsStream("/io/gpushare/sim/model.yaml"))) {
            return mapper.readValue(file, Model.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the constants of the simulation cannot be read", unreadable);
        }
    }
}
