package io.gpushare.gpu;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of card a GPU is, as NVIDIA's tools write it: {@code 0x233510DE}, or with its subsystem {@code
 * 0x233510DE:0x18BE10DE}.
 *
 * @param device and {@code subsystem}: number in the upper two bytes, vendor in the lower two
 */
public record PciId(int device, Optional<Integer> subsystem) {
    private static final Pattern SYNTAX =
            Pattern.compile("0x(?<device>[0-9a-f]{1,8})(?::0x(?<subsystem>[0-9a-f]{1,8}))?");

    /** Empty where the text is none. */
    public static Optional<PciId> read(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(new PciId(
                        Integer.parseUnsignedInt(matcher.group("device"), 16),
                        Optional.ofNullable(matcher.group("subsystem"))
                                .map(digits -> Integer.parseUnsignedInt(digits, 16))))
                : Optional.empty();
    }

    /** Whether a card with this id is one of those that somebody means who writes the other. */
    public boolean isA(PciId wanted) {
        return device == wanted.device && (wanted.subsystem.isEmpty() || wanted.subsystem.equals(subsystem));
    }

    /** As in a {@code device-filter} of mig-parted, which is where people need it. */
    public String text() {
        return "0x%08X".formatted(device) + subsystem.map(":0x%08X"::formatted).orElse("");
    }
}
