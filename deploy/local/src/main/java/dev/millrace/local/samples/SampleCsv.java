package dev.millrace.local.samples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** {@code customers.csv}: 100,000 made-up customers, the same for the same generator, twelve of them wrong. */
public final class SampleCsv {

    /** Its name in the folder and in the URL. */
    public static final String NAME = "customers.csv";

    static final int ROWS = 100_000;

    private static final int WRONG_EVERY = 8_123;
    private static final List<String> FIRST = List.of(
            "Ada", "Bela", "Chidi", "Dana", "Emre", "Freya", "Goran", "Hana", "Ines", "Jonas", "Kaya", "Lena", "Mateo",
            "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Samir", "Tilda", "Uma", "Viktor", "Wanda", "Yusuf");
    private static final List<String> LAST = List.of(
            "Adler",
            "Bianchi",
            "Castro",
            "Dubois",
            "Eriksen",
            "Farkas",
            "Greene",
            "Haddad",
            "Ivanov",
            "Jansen",
            "Kowalski",
            "Lindqvist",
            "Moreau",
            "Novak",
            "Okafor",
            "Petrov",
            "Quist",
            "Rossi",
            "Santos",
            "Tanaka");
    private static final List<String> HOSTS = List.of("example.com", "example.net", "example.org");
    private static final LocalDate FIRST_DAY = LocalDate.of(2019, 1, 1);
    private static final int DAYS = 2_500;

    private final RandomGenerator random;

    public SampleCsv(RandomGenerator random) {
        this.random = random;
    }

    /** Writes it unless it is there. */
    public void makeIn(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            return;
        }
        Path fresh = folder.resolve(NAME + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh)) {
            write(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(BufferedWriter out) throws IOException {
        out.write("id,name,email,amount,signed_up,active\n");
        for (int id = 1; id <= ROWS; id++) {
            out.write(row(id));
        }
    }

    private String row(int id) {
        String first = one(FIRST);
        String last = one(LAST);
        String email = (first + "." + last + id + "@" + one(HOSTS)).toLowerCase(Locale.ROOT);
        String amount = random.nextInt(5_000) + "." + random.nextInt(10, 100);
        String day = FIRST_DAY.plusDays(random.nextInt(DAYS)).toString();
        String active = Boolean.toString(random.nextInt(4) > 0);
        return switch (mistake(id)) {
            case 1 -> row(id, first + " " + last, email, "n/a", day, active);
            case 2 -> row(id, first + " " + last, email, amount, "2023-02-30", active);
            case 3 -> row(id, first + " " + last, email.replace('@', ' '), amount, day, active);
            case 4 -> row(id, "", email, amount, day, "maybe");
            default -> row(id, first + " " + last, email, amount, day, active);
        };
    }

    // 0 for a right row, else one of the four kinds in turn.
    private static int mistake(int id) {
        return id % WRONG_EVERY == 0 ? (id / WRONG_EVERY) % 4 + 1 : 0;
    }

    private static String row(int id, String name, String email, String amount, String day, String active) {
        return id + "," + name + "," + email + "," + amount + "," + day + "," + active + "\n";
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
