package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ReadingJson;
import io.gpushare.run.company.Neighbour;
import io.gpushare.text.Figure;
import java.util.List;

/** On which other GPUs of the host the plan ran at the same time. */
final class CompanyJson {
    /** The others are stopped in the same moment, more or less. */
    private static final double MOSTLY = 0.95;

    private CompanyJson() {}

    /** @param id what the results of all have in common */
    static ObjectNode of(String id, List<Neighbour> neighbours) {
        ObjectNode company = JsonNodeFactory.instance.objectNode().put("id", id);
        ArrayNode array = company.putArray("gpus");
        for (Neighbour neighbour : neighbours) {
            ObjectNode gpu = array.addObject()
                    .put("index", neighbour.gpu().index())
                    .put("uuid", neighbour.gpu().uuid())
                    .put("name", neighbour.gpu().name());
            ReadingJson.put(gpu, "worked_share", neighbour.workedShare());
        }
        return company;
    }

    /** Those that worked for a part of the time only, or not at all, so that what they cost is not all to be seen. */
    static List<String> doubts(List<Neighbour> neighbours) {
        return neighbours.stream()
                .flatMap(neighbour -> neighbour.workedShare().asOptional().stream()
                        .filter(share -> share < MOSTLY)
                        .map(share -> "the tenants of GPU " + neighbour.gpu().index() + " worked in "
                                + Figure.percent(share) + " of the measured time only"))
                .toList();
    }
}
