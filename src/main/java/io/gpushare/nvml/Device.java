package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigMode;
import io.gpushare.nvml.Layout.Memory1;
import io.gpushare.nvml.Layout.Memory2;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A handle, of a GPU or of a MIG device, and how its answers become readings. */
final class Device {

    /** One call of the library; what it is asked for is written to {@code answer}. */
    @FunctionalInterface
    interface Question {
        int ask(NvmlLibrary nvml, Pointer device, Pointer answer);

        /** The same question to a driver that does not know the newer function. */
        default Question orOlder(Question older) {
            return (nvml, device, answer) -> {
                int code = ask(nvml, device, answer);
                return code == NvmlReturn.FUNCTION_NOT_FOUND ? older.ask(nvml, device, answer) : code;
            };
        }
    }

    @FunctionalInterface
    interface TextQuestion {
        int ask(NvmlLibrary nvml, Pointer device, Pointer text, int length);
    }

    private final NvmlSession session;
    private final Pointer handle;
    private volatile @Nullable Boolean underMig;

    private Device(NvmlSession session, Pointer handle, @Nullable Boolean underMig) {
        this.session = session;
        this.handle = handle;
        this.underMig = underMig;
    }

    static Device gpu(NvmlSession session, Pointer handle) {
        return new Device(session, handle, null);
    }

    static Device mig(NvmlSession session, Pointer handle) {
        return new Device(session, handle, true);
    }

    NvmlSession session() {
        return session;
    }

    NvmlLibrary nvml() {
        return session.nvml();
    }

    Pointer handle() {
        return handle;
    }

    /** @param symbol the newest function that answers this, for the reason when none does */
    <T> Reading<T> ask(String symbol, Question question, Function<Memory, T> decode) {
        Memory answer = Scratch.ofThread();
        int code = question.ask(nvml(), handle, answer);
        return code == NvmlReturn.SUCCESS ? Reading.of(decode.apply(answer)) : absent(code, symbol);
    }

    Reading<Integer> askInt(String symbol, Question question) {
        return ask(symbol, question, answer -> answer.getInt(0));
    }

    Reading<Long> askLong(String symbol, Question question) {
        return ask(symbol, question, answer -> answer.getLong(0));
    }

    Reading<String> askText(String symbol, TextQuestion question) {
        return ask(
                symbol,
                (nvml, device, answer) -> question.ask(nvml, device, answer, Scratch.BYTES),
                answer -> answer.getString(0));
    }

    <T> Reading<T> absent(int code, String symbol) {
        if (code == NvmlReturn.NOT_SUPPORTED && underMig()) {
            return Reading.absent(Absence.Kind.UNDER_MIG);
        }
        return Reading.absent(Absences.of(code, symbol, nvml()));
    }

    Reading<MigMode> mig() {
        Reading<MigMode> mode = ask(
                "nvmlDeviceGetMigMode",
                (nvml, device, answer) -> nvml.nvmlDeviceGetMigMode(device, answer, answer.share(4)),
                answer -> new MigMode(answer.getInt(0) != 0, answer.getInt(4) != 0));
        // Asking costs 130 µs, too much for each unsupported reading.
        mode.asOptional().ifPresent(known -> underMig = known.current());
        return mode;
    }

    Reading<MemoryUse> memory() {
        Reading<MemoryUse> newest = ask("nvmlDeviceGetMemoryInfo_v2", Device::askVersion2, Device::decodeVersion2);
        boolean unknownToDriver = newest instanceof Reading.Absent<MemoryUse>(Absence absence)
                && absence.kind() == Absence.Kind.NOT_IN_DRIVER;
        return unknownToDriver
                ? ask("nvmlDeviceGetMemoryInfo", NvmlLibrary::nvmlDeviceGetMemoryInfo, Device::decodeVersion1)
                : newest;
    }

    private static int askVersion2(NvmlLibrary nvml, Pointer device, Pointer answer) {
        answer.setInt(0, Memory2.VERSION_WORD);
        return nvml.nvmlDeviceGetMemoryInfo_v2(device, answer);
    }

    private static MemoryUse decodeVersion2(Memory answer) {
        return new MemoryUse(
                answer.getLong(Memory2.TOTAL),
                answer.getLong(Memory2.RESERVED),
                answer.getLong(Memory2.FREE),
                answer.getLong(Memory2.USED));
    }

    /** Such a driver counts its reserve as used and does not say how much it is. */
    private static MemoryUse decodeVersion1(Memory answer) {
        return new MemoryUse(
                answer.getLong(Memory1.TOTAL), 0, answer.getLong(Memory1.FREE), answer.getLong(Memory1.USED));
    }

    private boolean underMig() {
        Boolean known = underMig;
        if (known == null) {
            Memory mode = Scratch.ofThread();
            known = nvml().nvmlDeviceGetMigMode(handle, mode, mode.share(4)) == NvmlReturn.SUCCESS
                    && mode.getInt(0) != 0;
            underMig = known;
        }
        return known;
    }
}
