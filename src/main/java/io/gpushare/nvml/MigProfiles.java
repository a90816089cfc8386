package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.nvml.Layout.Placement;
import io.gpushare.nvml.Layout.ProfileInfo;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The sizes in which a GPU can be cut. */
final class MigProfiles {
    private static final long MIB = 1024 * 1024;
    /** NVML numbers the kinds of profile from 0; a card has some of them, and newer drivers know more. */
    private static final int KINDS = 32;
    /** The kinds that come with the media engines: one slice and two slices. */
    private static final List<Integer> MEDIA_EXTENSIONS = List.of(7, 8);

    private static final int MOST_PLACEMENTS = Scratch.BYTES / Placement.SIZE - 1;

    private MigProfiles() {}

    static Reading<List<MigProfile>> of(Device gpu) {
        List<MigProfile> profiles = new ArrayList<>();
        Optional<Absence> reason = Optional.empty();
        for (int kind = 0; kind < KINDS; kind++) {
            switch (ofKind(gpu, kind)) {
                case Reading.Value<MigProfile>(MigProfile profile) -> profiles.add(profile);
                case Reading.Absent<MigProfile>(Absence absence) -> reason = reason.or(() -> Optional.of(absence));
            }
        }
        if (profiles.isEmpty() && reason.isPresent()) {
            return Reading.absent(reason.get());
        }
        profiles.sort(Comparator.comparingInt(MigProfile::smCount)
                .thenComparingLong(MigProfile::memoryBytes)
                .thenComparing(MigProfile::name));
        return Reading.of(profiles);
    }

    private static Reading<MigProfile> ofKind(Device gpu, int kind) {
        Memory info = Scratch.ofThread();
        info.clear(ProfileInfo.V2.size);
        info.setInt(0, ProfileInfo.V2.versionWord);
        int code = gpu.nvml().nvmlDeviceGetGpuInstanceProfileInfoV(gpu.handle(), kind, info);
        if (code == NvmlReturn.SUCCESS) {
            return Reading.of(decode(gpu, kind, ProfileInfo.V2, info));
        }
        if (code == NvmlReturn.NOT_SUPPORTED) {
            return gpu.absent(code, "nvmlDeviceGetGpuInstanceProfileInfoV");
        }
        info.clear(ProfileInfo.V1.size);
        code = gpu.nvml().nvmlDeviceGetGpuInstanceProfileInfo(gpu.handle(), kind, info);
        return code == NvmlReturn.SUCCESS
                ? Reading.of(decode(gpu, kind, ProfileInfo.V1, info))
                : gpu.absent(code, "nvmlDeviceGetGpuInstanceProfileInfoV");
    }

    private static MigProfile decode(Device gpu, int kind, ProfileInfo layout, Memory info) {
        // Everything is taken out before the next question, which writes to the same memory.
        int id = info.getInt(layout.id);
        int slices = info.getInt(layout.slices);
        int maxInstances = info.getInt(layout.maxInstances);
        int smCount = info.getInt(layout.smCount);
        long memoryMib = info.getLong(layout.memoryMib);
        String told = layout.name < 0 ? "" : info.getString(layout.name);
        return new MigProfile(
                id,
                told.isEmpty() ? composedName(gpu, kind, slices, memoryMib) : MigProfileName.ofDevice(told),
                maxInstances,
                smCount,
                memoryMib * MIB,
                placements(gpu, id));
    }

    private static String composedName(Device gpu, int kind, int slices, long memoryMib) {
        long gpuMemory = gpu.memory().map(MemoryUse::totalBytes).asOptional().orElse(memoryMib * MIB);
        return MigProfileName.compose(slices, memoryMib, gpuMemory, MEDIA_EXTENSIONS.contains(kind));
    }

    private static List<MigPlacement> placements(Device gpu, int profileId) {
        Memory answer = Scratch.ofThread();
        int code = gpu.nvml().nvmlDeviceGetGpuInstancePossiblePlacements_v2(gpu.handle(), profileId, null, answer);
        int count = answer.getInt(0);
        if (code != NvmlReturn.SUCCESS || count > MOST_PLACEMENTS) {
            return List.of();
        }
        code = gpu.nvml()
                .nvmlDeviceGetGpuInstancePossiblePlacements_v2(
                        gpu.handle(), profileId, answer.share(Placement.SIZE), answer);
        List<MigPlacement> placements = new ArrayList<>();
        for (int i = 1; code == NvmlReturn.SUCCESS && i <= Math.min(count, answer.getInt(0)); i++) {
            long at = (long) i * Placement.SIZE;
            placements.add(new MigPlacement(answer.getInt(at + Placement.START), answer.getInt(at + Placement.LENGTH)));
        }
        return placements;
    }
}
