package io.gpushare.doctor;

import io.gpushare.doctor.UserCheck.UserView;
import io.gpushare.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who runs gpushare, and may that user open the GPUs? */
final class UserCheck implements Check<UserView> {
    private static final Pattern DEVICE_NAME = Pattern.compile("nvidia(\\d+|ctl|-uvm|-uvm-tools)");

    private final ExaminedHost machine;

    UserCheck(ExaminedHost machine) {
        this.machine = machine;
    }

    /**
     * @param effectiveUid nothing where the kernel does not say
     * @param devices NVIDIA's device nodes
     * @param closedDevices those that this user may not open for reading and writing
     */
    record UserView(OptionalLong effectiveUid, List<Path> devices, List<Path> closedDevices) {
        boolean isRoot() {
            return effectiveUid.equals(OptionalLong.of(0));
        }
    }

    @Override
    public UserView look() {
        List<Path> devices = devices();
        return new UserView(
                effectiveUid(),
                devices,
                devices.stream()
                        .filter(node -> !Files.isReadable(node) || !Files.isWritable(node))
                        .toList());
    }

    /** The kernel lists the real, effective, saved and file system user. */
    private OptionalLong effectiveUid() {
        return SmallFile.field(machine.file("proc/self/status"), "Uid:").stream()
                .map(uids -> uids.split("\\s+"))
                .filter(uids -> uids.length > 1)
                .mapToLong(uids -> Long.parseLong(uids[1]))
                .findFirst();
    }

    private List<Path> devices() {
        try (Stream<Path> entries = Files.list(machine.file("dev"))) {
            return entries.filter(entry ->
                            DEVICE_NAME.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public List<Finding> findings(UserView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(user(view));
        if (!view.devices().isEmpty()) {
            findings.add(devices(view));
        }
        return findings;
    }

    private static Finding user(UserView view) {
        Finding finding = view.isRoot()
                ? Finding.ok("user", "user", "root")
                : Finding.note("user", "user", "not root: MIG, compute modes and quanta cannot be changed")
                        .mend("Run gpushare with sudo where it must change them.");
        Values values = new Values()
                .put("effective_uid", view.effectiveUid().stream().boxed().findFirst())
                .put("root", view.isRoot());
        return finding.values(values);
    }

    private static Finding devices(UserView view) {
        List<String> closed = view.closedDevices().stream().map(UserCheck::name).toList();
        Finding finding = closed.isEmpty()
                ? Finding.ok(
                        "device-nodes", "device nodes", Amount.of(view.devices().size(), "node") + ", all usable")
                : Finding.broken("device-nodes", "device nodes", "this user may not use " + String.join(", ", closed))
                        .mend("sudo chmod a+rw " + String.join(" ", closed));
        return finding.values(new Values()
                .put("nodes", view.devices().stream().map(UserCheck::name).toList())
                .put("closed", closed));
    }

    private static String name(Path device) {
        return "/dev/" + device.getFileName();
    }
}
