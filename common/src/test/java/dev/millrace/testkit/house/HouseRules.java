package dev.millrace.testkit.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Rules that the packages of every module keep. A module's {@code ArchitectureTest} checks them on
 * {@code HouseRules.classesOf("dev.millrace.worker")}, say.
 */
public final class HouseRules {

    private static final String STREAM = "dev.millrace.stream..";

    private HouseRules() {}

    /** What this module makes of these packages, without its tests and without the jars it uses. */
    public static JavaClasses classesOf(String... packages) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(packages);
    }

    /** No package under the root needs, over whatever detour, another that needs it. */
    public static ArchRule noPackageCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** Redis is reached through {@code dev.millrace.stream}; a class named {@code …Wiring} may make the client. */
    public static ArchRule onlyStreamKnowsRedis() {
        return noClasses()
                .that(not(resideInAPackage(STREAM)).and(not(wiring())))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.vertx.redis..", "io.vertx.mutiny.redis..", "io.quarkus.redis.."))
                .because("what a job's keys mean is known to one package");
    }

    /** How commands are written and replies are read is known to {@code dev.millrace.stream}; services are given a link. */
    public static ArchRule onlyStreamSpeaksToRedis() {
        return noClasses()
                .that(not(resideInAPackage(STREAM)))
                .should()
                .dependOnClassesThat(simpleNameIn("FunctionCall", "Requests", "Replies")
                        .and(resideInAPackage("dev.millrace.stream.redis")))
                .because("a service calls what the rooms of stream offer");
    }

    /** Clock and stopwatch come in through the constructor, except in a class named {@code …Wiring}. */
    public static ArchRule timeIsInjected() {
        return noClasses()
                .that(not(wiring()))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .accessTargetWhere(JavaAccess.Predicates.target(name("nanoTime"))
                        .and(JavaAccess.Predicates.targetOwner(type(System.class))))
                .because("a test could not set it; take a Time");
    }

    /**
     * No static initializer, nor what it calls in the same module, asks for the time, for chance, or for what process and
     * machine it is on: in a native executable it has run on the machine that built it, once for all starts.
     */
    public static ArchRule constantsAreOfNoMachine() {
        return classes().should(BuildTime.initializeWithoutTheMachine()).because("constants are made at build time");
    }

    /** Nothing sleeps: waiting is a blocking read or a tick. */
    public static ArchRule nothingSleeps() {
        return noClasses()
                .that(not(wiring()))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("waiting is a blocking read or a tick");
    }

    /** These packages need {@code java.*}, nullness annotations, each other, and what is allowed to them besides. */
    public static ArchRule areVocabulary(String[] packages, String... besides) {
        String[] allowed = Stream.of(packages, besides, new String[] {"java..", "org.jspecify.annotations"})
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        return classes()
                .that(resideInAnyPackage(packages))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .because("everyone needs them, so they may need nobody")
                .allowEmptyShould(true);
    }

    /** Bytes from outside never choose the class that is made of them. */
    public static ArchRule nothingReadNamesItsClass() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.yaml.snakeyaml..")
                        .or(assignableTo(ObjectInput.class))
                        .or(assignableTo(Externalizable.class))
                        .or(name("java.beans.XMLDecoder").forSubtype())
                        .or(name("com.fasterxml.jackson.annotation.JsonTypeInfo")
                                .forSubtype())
                        .or(name("com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator")
                                .forSubtype()))
                .orShould()
                .callMethodWhere(
                        target(nameMatching("(activate|enable)DefaultTyping.*")).forSubtype())
                .because(
                        "whoever writes them would run what he likes; read plain data into a type that the code names");
    }

    /** The house has no drawers. */
    public static ArchRule noDrawers() {
        return noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..helper..", "..impl..", "..manager..", "..dto..")
                .because("a package is a feature");
    }

    private static DescribedPredicate<JavaClass> simpleNameIn(String... names) {
        return DescribedPredicate.describe(
                "named one of " + Arrays.toString(names),
                one -> Arrays.asList(names).contains(one.getSimpleName()));
    }

    private static DescribedPredicate<JavaClass> wiring() {
        DescribedPredicate<JavaClass> itself = simpleNameEndingWith("Wiring");
        return itself.or(DescribedPredicate.describe(
                "inside a wiring",
                inner -> inner.getEnclosingClass().filter(itself).isPresent()));
    }
}
