package dev.millrace.proving.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would be compiled to native executables, as far as that can be seen without a GraalVM. */
class NativeSourcesIT {

    @Test
    void everyPayloadAndResultOfATaskIsFoundByReflection() throws IOException {
        NativeSources worker = NativeSources.of("worker-service");
        Set<String> types = TaskTypes.in(worker.index());
        assertThat(types)
                .contains(
                        "dev.millrace.worker.tasks.csv.CsvImport", // a payload
                        "dev.millrace.worker.tasks.csv.RowError", // in a list of a result
                        "dev.millrace.worker.tasks.demo.Fail$Kind"); // an enum
        assertThat(worker.reflected()).containsAll(types);
    }

    /** The others decode nothing but UTF-8. */
    @Test
    void theWorkerKnowsTheCharsetsOfAllThatItFetches() throws IOException {
        assertThat(NativeSources.of("worker-service").arguments()).contains("-H:+AddAllCharsets");
    }

    @Test
    void theWorkerFetchesOverTls() throws IOException {
        assertThat(NativeSources.of("worker-service").arguments()).contains("--enable-url-protocols=http,https");
    }

    /** Of itself an image speaks the language of the machine that builds it, and knows no names in another. */
    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void everyServiceSpeaksEnglish(String service) throws IOException {
        assertThat(NativeSources.of(service).arguments().split(" ", -1)).contains("-H:IncludeLocales=en");
        assertThat(NativeSources.of(service).defaults()).contains("quarkus.default-locale=en\n");
    }

    /** What throws for lack of its texts hides what it was about to tell. */
    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void everyTextThatALibraryLooksUpIsThere(String service) throws IOException {
        NativeSources sources = NativeSources.of(service);
        assertThat(sources.bundlesAskedFor()).isNotEmpty();
        assertThat(sources.bundlesAskedFor())
                .filteredOn(Bundles::isNeeded)
                .allSatisfy(asked -> assertThat(asked.names()).isNotEmpty().isSubsetOf(sources.bundles()));
    }

    /** Executables are built once, and run under the profile of wherever they are. */
    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void noServiceWarnsThatItsProfileIsNotTheOneOfItsBuild(String service) throws IOException {
        NativeSources sources = NativeSources.of(service);
        String logger = "io.quarkus.runtime.configuration.ConfigRecorder";
        assertThat(sources.defaults())
                .contains("quarkus.log.filter.\"%s\".if-starts-with=The profile".formatted(logger));
        assertThat(sources.constantsOf("io.quarkus.quarkus-core", logger))
                .contains("The profile '", "' used to build the native image is different from the runtime profile '");
    }

    @Test
    void everyMigrationIsInTheApi() throws IOException {
        NativeSources api = NativeSources.of("api-service");
        assertThat(api.entries().stream()
                        .filter(entry -> entry.matches("db/migration/.+\\.sql"))
                        .map(Pattern::quote))
                .isNotEmpty()
                .isSubsetOf(api.resources());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void theFunctionsForRedisAreInEveryService(String service) throws IOException {
        assertThat(NativeSources.of(service).resourcesOf("millrace-common"))
                .contains(
                        Pattern.quote("dev/millrace/stream/redis/base.lua"),
                        Pattern.quote("dev/millrace/stream/redis/lease.lua"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void nothingOfTestsAndNoFallbackAndNoProxyIsInAnyService(String service) throws IOException {
        NativeSources sources = NativeSources.of(service);
        assertThat(sources.arguments()).contains("--no-fallback");
        assertThat(sources.entries()).noneMatch(entry -> entry.matches(".*(Test|IT|Fixture)\\.class"));
        assertThat(sources.libraries())
                .anyMatch(library -> library.startsWith("dev.millrace.millrace-common"))
                .noneMatch(library -> library.matches(".*(junit|assertj|greenmail|embedded|-tests\\.jar).*"));
        assertThat(sources.proxies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "worker-service", "scheduler-service"})
    void theProgramForTheJvmIsStillThere(String service) throws IOException {
        Path target = Platform.checkout().resolve(service).resolve("target");
        assertThat(target.resolve("quarkus-app/quarkus-run.jar")).isRegularFile();
        assertThat(Files.readString(target.resolve("quarkus-artifact.properties")))
                .contains("path=quarkus-app/quarkus-run.jar");
    }
}
