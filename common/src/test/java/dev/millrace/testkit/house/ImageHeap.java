package dev.millrace.testkit.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.Closeable;
import java.lang.ref.Cleaner;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the static fields of classes hold, and what hangs on it. A native executable is built with these objects in it: the
 * classes are initialised then, on the machine that builds. Some objects the builder refuses, and others, such as a
 * generator of random numbers, would be the same at every start.
 *
 * <p>Objects of the program and of libraries are looked into; of the JDK's, arrays, collections, maps and references.
 */
public final class ImageHeap {

    /** What belongs to a process or to a machine. */
    private static final List<Class<?>> FOREIGN = List.of(
            InetAddress.class,
            InetSocketAddress.class,
            ProxySelector.class,
            SocketFactory.class,
            SSLContext.class,
            Thread.class,
            ExecutorService.class,
            Timer.class,
            RandomGenerator.class,
            Process.class,
            ProcessHandle.class,
            Cleaner.class,
            Cleaner.Cleanable.class);

    /** They know the whole process, and Quarkus makes them anew at run time. */
    private static final List<String> LOGGERS = List.of("org.jboss.logging.", "org.jboss.logmanager.");

    private record Held(String path, Object object) {}

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Held> open = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();

    private ImageHeap() {}

    /** Initialises the classes, and returns the ways on which they hold what belongs to a process or a machine. */
    public static List<String> foreignObjects(JavaClasses classes) {
        var heap = new ImageHeap();
        classes.stream().map(ImageHeap::initialised).forEach(heap::addStatics);
        heap.walk();
        return heap.found;
    }

    private static Class<?> initialised(JavaClass one) {
        try {
            return Class.forName(one.getName(), true, ImageHeap.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void addStatics(Class<?> one) {
        for (Field field : one.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                add(one.getName() + "." + field.getName(), value(field, null));
            }
        }
    }

    private void add(String path, @Nullable Object object) {
        if (object != null && !isPlain(object) && seen.add(object)) {
            open.add(new Held(path, object));
        }
    }

    private static boolean isPlain(Object object) {
        return object instanceof String
                || object instanceof Number && isOfJava(object.getClass())
                || object instanceof Class<?>
                || object instanceof ClassLoader
                || LOGGERS.stream().anyMatch(object.getClass().getName()::startsWith);
    }

    private void walk() {
        while (!open.isEmpty()) {
            Held held = open.remove();
            if (isForeign(held.object())) {
                found.add(held.path() + " holds a " + held.object().getClass().getName());
            } else {
                within(held.object()).forEach(inner -> add(held.path() + " > " + name(held.object()), inner));
            }
        }
    }

    private static String name(Object object) {
        return object.getClass().getTypeName();
    }

    private static boolean isForeign(Object object) {
        return FOREIGN.stream().anyMatch(kind -> kind.isInstance(object))
                || object instanceof Buffer buffer && buffer.isDirect()
                || object instanceof Closeable && isOfJava(object.getClass()) && isOpen(object);
    }

    /** Streams in memory and those that hold nothing have nothing to close. */
    private static boolean isOpen(Object closeable) {
        return Stream.of("File", "Socket", "Channel", "Selector", "Watch", "Zip", "Jar", "HttpClient")
                .anyMatch(closeable.getClass().getSimpleName()::contains);
    }

    private static Stream<? extends @Nullable Object> within(Object object) {
        return switch (object) {
            case Object[] array -> Arrays.stream(array);
            case Optional<?> optional -> Stream.of(optional.orElse(null));
            case AtomicReference<?> reference -> Stream.of(reference.get());
            case Map<?, ?> map
            when isOfJava(map.getClass()) -> Stream.concat(map.keySet().stream(), map.values().stream());
            case Collection<?> collection when isOfJava(collection.getClass()) -> collection.stream();
            default -> isOfJava(object.getClass()) ? Stream.empty() : fields(object);
        };
    }

    private static Stream<? extends @Nullable Object> fields(Object object) {
        Stream<Class<?>> classes =
                Stream.iterate(object.getClass(), one -> one != null && !isOfJava(one), Class::getSuperclass);
        return classes.flatMap(one -> Arrays.stream(one.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.getType().isPrimitive())
                .map(field -> value(field, object));
    }

    private static @Nullable Object value(Field field, @Nullable Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static boolean isOfJava(Class<?> one) {
        return one.getModule().isNamed();
    }
}
