package dev.millrace.testkit.house;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs when classes are initialised, which a native executable has behind it before it starts. */
final class BuildTime {

    /** What tells of a time, a process or a machine, or draws lots; as class and method. */
    private static final Pattern ASKS = Pattern.compile("java\\.time\\.\\w+\\.(now|system\\w*)"
            + "|java\\.lang\\.System\\.(getenv|getProperty|getProperties|currentTimeMillis|nanoTime|console)"
            + "|java\\.lang\\.(Integer|Long|Boolean)\\.get(Integer|Long|Boolean)"
            + "|java\\.lang\\.Runtime\\.\\w+|java\\.lang\\.ProcessHandle\\.\\w+|java\\.lang\\.Math\\.random"
            + "|java\\.lang\\.management\\.\\w+\\.\\w+"
            + "|java\\.util\\.UUID\\.randomUUID|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
            + "|java\\.util\\.Locale\\.getDefault|java\\.util\\.TimeZone\\.getDefault|java\\.util\\.Calendar\\.getInstance"
            + "|java\\.util\\.(Date|Random|SplittableRandom)\\.<init>|java\\.security\\.SecureRandom\\.\\S+"
            + "|java\\.nio\\.charset\\.Charset\\.defaultCharset|java\\.nio\\.file\\.Files\\.\\w+"
            + "|java\\.net\\.InetAddress\\.getLocalHost|java\\.net\\.NetworkInterface\\.\\w+"
            + "|org\\.eclipse\\.microprofile\\.config\\.ConfigProvider\\.\\w+");

    private BuildTime() {}

    static ArchCondition<JavaClass> initializeWithoutTheMachine() {
        return new ArchCondition<>("be initialized without asking the machine") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                one.getStaticInitializer().stream()
                        .flatMap(BuildTime::callsOf)
                        .filter(BuildTime::asksTheMachine)
                        .map(call -> "The initializer of %s asks the machine: %s"
                                .formatted(one.getName(), call.getDescription()))
                        .forEach(asked -> events.add(SimpleConditionEvent.violated(one, asked)));
            }
        };
    }

    /** All calls that are made, as far as they lead to classes that were imported; a lambda is none of them. */
    private static Stream<JavaCall<?>> callsOf(JavaCodeUnit initializer) {
        Set<JavaCodeUnit> seen = new HashSet<>(Set.of(initializer));
        Deque<JavaCodeUnit> open = new ArrayDeque<>(seen);
        Stream.Builder<JavaCall<?>> calls = Stream.builder();
        while (!open.isEmpty()) {
            open.remove().getCallsFromSelf().stream()
                    .filter(call -> !call.isDeclaredInLambda())
                    .peek(calls)
                    .flatMap(call -> call.getTarget().resolveMember().stream())
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return calls.build();
    }

    private static boolean asksTheMachine(JavaCall<?> call) {
        String asked = call.getTargetOwner().getName() + "." + call.getTarget().getName();
        return ASKS.matcher(asked).matches();
    }
}
