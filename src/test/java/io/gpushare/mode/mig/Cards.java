package io.gpushare.mode.mig;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What cards offer: their own profiles, at the places of their generation. */
enum Cards {
    A30(List.of("4g.24gb 56 4 0", "2g.12gb 28 2 0 2", "1g.6gb 14 1 0 1 2 3", "1g.6gb+me 14 1 0 1 2 3")),
    A100_40(List.of(
            "1g.5gb 14 1 0 1 2 3 4 5 6",
            "1g.5gb+me 14 1 0 1 2 3 4 5 6",
            "1g.10gb 14 2 0 2 4 6",
            "2g.10gb 28 2 0 2 4",
            "3g.20gb 42 4 0 4",
            "4g.20gb 56 4 0",
            "7g.40gb 98 8 0")),
    A100_80(sevenSlices("1g.10gb 1g.20gb 2g.20gb 3g.40gb 4g.40gb 7g.80gb", 14, 14, 28, 42, 56, 98)),
    H100_80(sevenSlices("1g.10gb 1g.20gb 2g.20gb 3g.40gb 4g.40gb 7g.80gb", 16, 26, 32, 60, 64, 132)),
    H200(sevenSlices("1g.18gb 1g.35gb 2g.35gb 3g.71gb 4g.71gb 7g.141gb", 16, 26, 32, 60, 64, 132)),
    B200(sevenSlices("1g.23gb 1g.45gb 2g.45gb 3g.90gb 4g.90gb 7g.180gb", 18, 30, 36, 70, 74, 148));

    private final String lines;

    Cards(List<String> lines) {
        this.lines = String.join("\n", lines);
    }

    List<MigProfile> offer() {
        List<String> each = lines.lines().toList();
        return IntStream.range(0, each.size())
                .mapToObj(id -> profile(id, each.get(id)))
                .toList();
    }

    private static List<String> sevenSlices(String names, int... sms) {
        String[] name = names.split(" ", -1);
        return List.of(
                name[0] + " " + sms[0] + " 1 0 1 2 3 4 5 6",
                name[0] + "+me " + sms[0] + " 1 0 1 2 3 4 5 6",
                name[1] + " " + sms[1] + " 2 0 2 4 6",
                name[2] + " " + sms[2] + " 2 0 2 4",
                name[3] + " " + sms[3] + " 4 0 4",
                name[4] + " " + sms[4] + " 4 0",
                name[5] + " " + sms[5] + " 8 0");
    }

    private static MigProfile profile(int id, String line) {
        String[] words = line.split(" ", -1);
        int size = Integer.parseInt(words[2]);
        List<MigPlacement> placements = Arrays.stream(words)
                .skip(3)
                .map(start -> new MigPlacement(Integer.parseInt(start), size))
                .toList();
        int instances = words[0].endsWith("+me") ? 1 : placements.size();
        String gib = words[0].substring(words[0].indexOf('.') + 1, words[0].indexOf("gb"));
        return new MigProfile(
                id, words[0], instances, Integer.parseInt(words[1]), Long.parseLong(gib) << 30, placements);
    }
}
