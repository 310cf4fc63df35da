package dev.millrace.api.workflows.record;

import dev.millrace.postgres.Tx;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** While nothing keeps graphs under names. */
@Singleton
@DefaultBean
class NoChildGraphs implements ChildGraphs {

    @Override
    public Optional<Known> find(Tx tx, String tenant, String name, @Nullable Integer version) {
        return Optional.empty();
    }
}
