package dev.millrace.worker.tasks.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An item as its feed has it, and what of that is its identity, title, page, date and summary, best first. */
final class Entry {

    /** The attribute of an item of RSS 1.0, as a field. */
    static final String ABOUT = "rdf:about";

    private static final String GUID = "guid";
    private static final List<String> IDENTITIES = List.of(GUID, "atom:id", ABOUT);
    private static final List<String> TITLES =
            List.of("title", "atom:title", "dc:title", "media:title", "itunes:title");
    private static final List<String> LINKS = List.of("link", "atom:link");
    private static final List<String> SUMMARIES = List.of(
            "description",
            "content:encoded",
            "atom:summary",
            "atom:content",
            "itunes:summary",
            "media:description",
            "dc:description");
    private static final List<String> DATES = List.of(
            "pubdate",
            "dc:date",
            "atom:published",
            "atom:issued",
            "dc:issued",
            "atom:created",
            "dc:created",
            "atom:updated",
            "atom:modified",
            "dc:modified");

    /** The names of the fields that matter here. */
    static final Set<String> FIELDS = Stream.of(IDENTITIES, TITLES, LINKS, SUMMARIES, DATES)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern WEB = Pattern.compile("(?i)https?://");
    private static final int TITLE = 500;
    private static final int SUMMARY = 2_000;

    private final List<Field> fields;
    private final @Nullable Instant published;

    Entry(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.published = first(DATES, field -> FeedDate.read(field.content().text()));
    }

    /** When it was published, or else updated; null if it says neither in a readable way. */
    @Nullable
    Instant published() {
        return published;
    }

    FeedItem item() {
        String title = first(TITLES, field -> field.plain(TITLE));
        String link = link();
        String summary = first(SUMMARIES, field -> field.plain(SUMMARY));
        String id = first(IDENTITIES, Entry::identity);
        return new FeedItem(id == null ? derivedId(link, title, summary) : id, title, link, published, summary);
    }

    private @Nullable String link() {
        String link = first(LINKS, Field::page);
        return link == null ? first(List.of(GUID, ABOUT), Entry::permalink) : link;
    }

    /** Exactly as it is written; what RDF is about is a reference, and has to be resolved. */
    private static @Nullable String identity(Field field) {
        String value = field.value();
        return value != null && field.name().equals(ABOUT) ? field.address(value) : value;
    }

    /** A guid is the address of the item's page unless it says that it is not; many do neither. */
    private static @Nullable String permalink(Field field) {
        String value = field.value();
        return value == null || !isPermalink(value, field) ? null : field.address(value);
    }

    private static boolean isPermalink(String value, Field field) {
        return WEB.matcher(value).lookingAt()
                && !"false".equals(field.attributes().get("isPermaLink"));
    }

    private String derivedId(@Nullable String link, @Nullable String title, @Nullable String summary) {
        byte[] said = "%s\n%s\n%s".formatted(title, published, summary).getBytes(StandardCharsets.UTF_8);
        return link == null ? "urn:uuid:" + UUID.nameUUIDFromBytes(said) : link;
    }

    private <T> @Nullable T first(List<String> names, Function<Field, @Nullable T> reading) {
        Optional<T> first = names.stream()
                .flatMap(name -> fields.stream().filter(field -> field.name().equals(name)))
                .map(reading)
                .filter(Objects::nonNull)
                .findFirst();
        return first.orElse(null);
    }
}
