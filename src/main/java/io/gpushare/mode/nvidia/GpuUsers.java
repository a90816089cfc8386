package io.gpushare.mode.nvidia;

import io.gpushare.process.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a GPU. nvidia-smi is asked, not the driver's library: we have let go of that one when a change is refused.
 */
record GpuUsers(NvidiaSmi smi, DeviceHolders holders) {
    private static final Pattern ROW = Pattern.compile("(?m)^\\s*(\\d+), ([^,\\n]+), (.+)$");

    /** As {@code python3, pid 4711, 8192 MiB}; none where nobody is seen. */
    List<String> find() throws InterruptedException {
        List<String> found = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        Matcher row = ROW.matcher(computeProcesses());
        while (row.find()) {
            told.add(Integer.valueOf(row.group(1)));
            String memory =
                    row.group(3).contains("N/A") ? "" : ", " + row.group(3).strip();
            found.add(row.group(2) + ", pid " + row.group(1) + memory);
        }
        holders.find().stream()
                .filter(holder -> !told.contains(holder.pid()))
                .map(DeviceHolders.Holder::words)
                .forEach(found::add);
        return found;
    }

    private String computeProcesses() throws InterruptedException {
        try {
            return smi.ask(smi.command(
                            "", "--query-compute-apps=pid,process_name,used_memory", "--format=csv,noheader"))
                    .stdout();
        } catch (CommandException unanswered) {
            return "";
        }
    }
}
