package io.gpushare.workload;

import java.nio.file.Path;

/**
 * A file that a workload is made of.
 *
 * @param name relative to the workload's folder: {@code sub/model.py}, or {@code ../tenant.py} for one beside the
 *     folder
 * @param path where it really lies, all links followed
 * @param bytes its length
 */
public record ProgramFile(String name, Path path, long bytes) {
    static final String BESIDE = "../";

    /** Its path relative to the folder that the workload's own lies in. */
    public String pathBeside(String workload) {
        return name.startsWith(BESIDE) ? name.substring(BESIDE.length()) : workload + "/" + name;
    }
}
