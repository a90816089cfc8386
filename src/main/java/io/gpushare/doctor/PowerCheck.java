package io.gpushare.doctor;

import io.gpushare.doctor.PowerCheck.PowerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Can the power of the whole machine be read from its board controller? */
final class PowerCheck implements Check<PowerView> {
    private final Machine machine;

    PowerCheck(Machine machine) {
        this.machine = machine;
    }

    record PowerView(Optional<Path> ipmitool, Optional<Path> device, boolean deviceUsable) {
        Optional<Obstacle> obstacle() {
            if (device.isEmpty()) {
                return Optional.of(Obstacle.of(
                        "this machine shows no board controller: /dev/ipmi0 is missing",
                        "sudo modprobe ipmi_si ipmi_devintf"));
            }
            if (ipmitool.isEmpty()) {
                return Optional.of(Obstacle.of("ipmitool is not installed", "sudo apt-get install ipmitool"));
            }
            if (!deviceUsable) {
                return Optional.of(Obstacle.of("this user may not use /dev/ipmi0", "Run gpushare with sudo."));
            }
            return Optional.empty();
        }
    }

    @Override
    public String id() {
        return "power";
    }

    @Override
    public String title() {
        return "Power of the machine";
    }

    @Override
    public PowerView look() {
        Optional<Path> device = Stream.of("dev/ipmi0", "dev/ipmi/0", "dev/ipmidev/0")
                .map(machine::file)
                .filter(Files::exists)
                .findFirst();
        return new PowerView(
                machine.runner().find("ipmitool"),
                device,
                device.filter(node -> Files.isReadable(node) && Files.isWritable(node))
                        .isPresent());
    }

    @Override
    public List<Finding> findings(PowerView view) {
        Finding finding = view.obstacle()
                .map(obstacle -> Finding.missing("ipmi", "IPMI", obstacle.why()).mend(obstacle.mend()))
                .orElseGet(() -> Finding.ok("ipmi", "IPMI", "ipmitool and a board controller"));
        return List.of(finding.values(new Values()
                .put("ipmitool", view.ipmitool().isPresent())
                .put("device", view.device().isPresent())
                .put("usable", view.deviceUsable())));
    }
}
