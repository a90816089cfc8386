package io.gpushare.results.reading;

/** Why a file cannot be read, in words that continue "… was skipped: it ". */
final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String words) {
        super(words, null, false, false);
    }

    String words() {
        return String.valueOf(getMessage());
    }

    /** @param place where in the file, as "tenant 2, window 7" */
    Damage at(String place) {
        return new Damage(place + ": " + words());
    }
}
