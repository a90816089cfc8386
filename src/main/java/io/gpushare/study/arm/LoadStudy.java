package io.gpushare.study.arm;

import java.util.List;

/**
 * One server under the same load of the GPU, taken by one replica or shared by several.
 *
 * @param server with its settings, but for how much it is asked
 * @param shape what else is said of a replica's load: {@code poisson, request_latency within 50 ms}; may be empty
 * @param levels by how much was asked in all, ascending; at each there is something to compare
 */
public record LoadStudy(String server, String shape, boolean open, List<Level> levels) {
    public LoadStudy {
        levels = List.copyOf(levels);
    }

    /** {@code inference-server, poisson}. */
    public String title() {
        return shape.isEmpty() ? server : server + ", " + shape;
    }

    /**
     * Ways of serving that were asked as much in all, on one GPU.
     *
     * @param total requests a second that were to come, or clients
     * @param words for it: {@code 200 requests/s in all}
     * @param ways by the number of replicas
     */
    public record Level(double total, String words, List<Way> ways, List<Answer> answers) {
        public Level {
            ways = List.copyOf(ways);
            answers = List.copyOf(answers);
        }
    }

    /**
     * @param arm called by its replicas, too: {@code MPS with 4 replicas}
     * @param fellBehind whether a replica answered clearly less than it was asked, in any run
     */
    public record Way(int replicas, Arm arm, boolean fellBehind) {}
}
