package io.gpushare.results.reading.document;

/** Where in a result or a file of samples something stands, as far as it matters for reading it. */
enum DocumentPlace {
    ROOT,
    KIND,
    TENANTS,
    TENANT,
    TENANT_WINDOWS,
    BASELINES,
    BASELINE,
    ALONE,
    ALONE_WINDOWS,
    TABLES,
    ELSEWHERE;

    DocumentPlace member(String name) {
        return switch (this) {
            case ROOT ->
                switch (name) {
                    case "kind" -> KIND;
                    case "tenants" -> TENANTS;
                    case "baselines" -> BASELINES;
                    case "tables" -> TABLES;
                    default -> ELSEWHERE;
                };
            case TENANT -> name.equals("windows") ? TENANT_WINDOWS : ELSEWHERE;
            case BASELINE -> name.equals("alone") ? ALONE : ELSEWHERE;
            case ALONE -> name.equals("windows") ? ALONE_WINDOWS : ELSEWHERE;
            case KIND, TENANTS, TENANT_WINDOWS, BASELINES, ALONE_WINDOWS, TABLES, ELSEWHERE -> ELSEWHERE;
        };
    }

    DocumentPlace element() {
        return switch (this) {
            case TENANTS -> TENANT;
            case BASELINES -> BASELINE;
            case ROOT, KIND, TENANT, TENANT_WINDOWS, BASELINE, ALONE, ALONE_WINDOWS, TABLES, ELSEWHERE -> ELSEWHERE;
        };
    }
}
