package dev.millrace.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Finds the two URLs wherever settings come from, and adds what follows from them. */
public final class UrlSettings implements ConfigSourceFactory {

    /** Above application.properties (250), below the environment (300). */
    private static final int ORDINAL = 275;

    /** Only a service that has one is told where it is: the others would wonder about keys that they do not know. */
    private static final String DATA_SOURCE = "quarkus.datasource.db-kind";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> settings = new LinkedHashMap<>();
        ifSet(
                context,
                DATA_SOURCE,
                postgres -> ifSet(
                        context,
                        "DATABASE_URL",
                        url -> settings.putAll(DatabaseUrl.parse(url).settings())));
        ifSet(context, "REDIS_URL", url -> settings.put("quarkus.redis.hosts", url));
        return List.of(new PropertiesConfigSource(settings, "DATABASE_URL and REDIS_URL", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static void ifSet(ConfigSourceContext context, String name, Consumer<String> action) {
        ConfigValue value = context.getValue(name);
        if (value != null && value.getValue() != null && !value.getValue().isBlank()) {
            action.accept(value.getValue().trim());
        }
    }
}
