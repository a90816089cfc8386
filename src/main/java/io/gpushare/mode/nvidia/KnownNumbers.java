package io.gpushare.mode.nvidia;

import io.gpushare.mode.nvidia.InstanceTables.NumberedInstance;
import io.gpushare.mode.setup.ChangeCommands.Numbers;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MpsDaemon.Device;
import java.util.List;
import java.util.Optional;

/** By which numbers the driver knows what is there now. */
record KnownNumbers(List<NumberedInstance> instances, List<SeenDevice> devices) implements Numbers {

    @Override
    public Optional<Integer> gpuInstance(GpuInstance wanted) {
        return instances.stream()
                .filter(numbered -> MigInstances.isSamePlace(wanted, numbered.instance()))
                .map(NumberedInstance::id)
                .findFirst();
    }

    @Override
    public Optional<String> uuid(Device.Instance wanted) {
        return devices.stream()
                .filter(device -> device.gpuInstanceStart() == wanted.gpuInstanceStart()
                        && device.computeInstanceStart() == wanted.computeInstanceStart())
                .map(SeenDevice::uuid)
                .findFirst();
    }
}
