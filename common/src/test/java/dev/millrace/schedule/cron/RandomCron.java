package dev.millrace.schedule.cron;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes correct expressions of every form there is; the same ones from the same seed. */
final class RandomCron {

    private static final List<String> MONTHS =
            List.of("JAN", "feb", "Mar", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "mon", "Tue", "WED", "THU", "FRI", "SAT");

    private final SplittableRandom random;

    RandomCron(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String next() {
        String fields = String.join(
                " ", plain(0, 59), plain(0, 23), star(this::ofMonth), star(this::months), star(this::ofWeek));
        return random.nextInt(4) == 0 ? plain(0, 59) + " " + fields : fields;
    }

    private String star(Supplier<String> field) {
        return random.nextInt(5) < 2 ? "*" : field.get();
    }

    private String plain(int min, int max) {
        return list(() -> range(min, max, max - min + 1));
    }

    private String months() {
        return list(() -> random.nextBoolean() ? range(1, 12, 12) : names(MONTHS));
    }

    private String ofMonth() {
        return list(() -> switch (random.nextInt(9)) {
            case 0 -> "L";
            case 1 -> "LW";
            case 2 -> "L-" + between(1, 30);
            case 3 -> between(1, 31) + "W";
            default -> range(1, 31, 31);
        });
    }

    private String ofWeek() {
        return list(() -> switch (random.nextInt(8)) {
            case 0 -> between(0, 7) + "L";
            case 1 -> pick(WEEKDAYS) + "L";
            case 2 -> between(0, 7) + "#" + between(1, 5);
            case 3 -> pick(WEEKDAYS) + "#" + between(1, 4);
            case 4 -> names(WEEKDAYS);
            default -> range(0, 7, 7);
        });
    }

    private String names(List<String> names) {
        return random.nextBoolean() ? pick(names) : pick(names) + "-" + pick(names);
    }

    private String range(int min, int max, int size) {
        return switch (random.nextInt(7)) {
            case 0 -> "*/" + between(1, size);
            case 1 -> between(min, max) + "/" + between(1, size);
            case 2 -> between(min, max) + "-" + between(min, max);
            case 3 -> between(min, max) + "-" + between(min, max) + "/" + between(1, size);
            default -> between(min, max) + "";
        };
    }

    private String list(Supplier<String> item) {
        int items = random.nextInt(4) == 0 ? between(2, 4) : 1;
        return IntStream.range(0, items).mapToObj(i -> item.get()).collect(Collectors.joining(","));
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    private String pick(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
