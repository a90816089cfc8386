package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.XidEvent;
import io.gpushare.gpu.XidWatch;
import io.gpushare.nvml.Layout.EventData;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An event set registered for the Xid errors of one GPU. */
final class NvmlXidWatch implements XidWatch, NvmlSession.Resource {
    private static final int NO_INSTANCE = -1;
    /** A GPU in trouble can report faster than we read; the rest stays for the next poll. */
    private static final int AT_ONCE = 256;

    private final Device device;
    private final Pointer set;
    private boolean closed;

    private NvmlXidWatch(Device device, Pointer set) {
        this.device = device;
        this.set = set;
    }

    static Reading<XidWatch> on(Device device) {
        return device.ask(
                        "nvmlEventSetCreate",
                        (nvml, handle, answer) -> nvml.nvmlEventSetCreate(answer),
                        answer -> answer.getPointer(0))
                .flatMap(set -> register(device, set));
    }

    private static Reading<XidWatch> register(Device device, Pointer set) {
        int code = device.nvml().nvmlDeviceRegisterEvents(device.handle(), NvmlLibrary.EVENT_XID, set);
        if (code != NvmlReturn.SUCCESS) {
            device.nvml().nvmlEventSetFree(set);
            return device.absent(code, "nvmlDeviceRegisterEvents");
        }
        NvmlXidWatch watch = new NvmlXidWatch(device, set);
        device.session().own(watch);
        return Reading.of(watch);
    }

    @Override
    public synchronized Reading<List<XidEvent>> poll() {
        if (closed) {
            throw new IllegalStateException("this watch for Xid errors is closed");
        }
        List<XidEvent> events = new ArrayList<>();
        Memory data = Scratch.ofThread();
        while (events.size() < AT_ONCE) {
            int code = waitForNone(data);
            if (code == NvmlReturn.TIMEOUT) {
                break;
            }
            if (code != NvmlReturn.SUCCESS) {
                // What was read is not lost with the failure, which the next poll meets again.
                return events.isEmpty() ? device.absent(code, "nvmlEventSetWait_v2") : Reading.of(events);
            }
            if (data.getLong(EventData.TYPE) == NvmlLibrary.EVENT_XID) {
                XidEvent event = decode(data);
                // Asking for a name overwrites what was read.
                if (isOurs(data.getPointer(EventData.DEVICE))) {
                    events.add(event);
                }
            }
        }
        return Reading.of(events);
    }

    /** A set may tell of all devices of a driver, or name ours by another handle. */
    private boolean isOurs(@Nullable Pointer named) {
        return named == null
                || named.equals(device.handle())
                || Identities.uuid(Device.gpu(device.session(), named))
                        .asOptional()
                        .equals(Identities.uuid(device).asOptional());
    }

    private int waitForNone(Memory data) {
        // The older function leaves the instances as they are.
        data.setInt(EventData.GPU_INSTANCE, NO_INSTANCE);
        data.setInt(EventData.COMPUTE_INSTANCE, NO_INSTANCE);
        int code = device.nvml().nvmlEventSetWait_v2(set, data, 0);
        return code == NvmlReturn.FUNCTION_NOT_FOUND ? device.nvml().nvmlEventSetWait(set, data, 0) : code;
    }

    private static XidEvent decode(Memory data) {
        return new XidEvent(
                data.getLong(EventData.DATA),
                instance(data.getInt(EventData.GPU_INSTANCE)),
                instance(data.getInt(EventData.COMPUTE_INSTANCE)));
    }

    private static OptionalInt instance(int id) {
        return id == NO_INSTANCE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public void close() {
        free();
        device.session().disown(this);
    }

    @Override
    public synchronized void free() {
        if (!closed) {
            closed = true;
            device.nvml().nvmlEventSetFree(set);
        }
    }
}
