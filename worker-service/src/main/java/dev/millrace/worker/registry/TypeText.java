package dev.millrace.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Carries generic types from the build to the running worker: {@code List<Mail>} as {@code 0<1>} beside the classes
 * {@code [List, Mail]}. Classes travel as constants of the generated code, so that a native image holds them and none
 * is looked up by name.
 */
final class TypeText {

    private final String text;
    private final List<Class<?>> classes;
    private int position;

    private TypeText(String text, List<Class<?>> classes) {
        this.text = text;
        this.classes = classes;
    }

    /** Writes the type and adds the names of its classes to the list, each once. */
    static String write(TypeModel type, List<String> classNames) {
        int index = index(type.name().equals("void") ? "java.lang.Void" : type.name(), classNames);
        return type.arguments().isEmpty()
                ? Integer.toString(index)
                : index + "<" + String.join(",", writeAll(type.arguments(), classNames)) + ">";
    }

    /** Writes plain classes, separated by commas. */
    static String writeClasses(List<String> names, List<String> classNames) {
        return names.stream()
                .map(name -> Integer.toString(index(name, classNames)))
                .collect(Collectors.joining(","));
    }

    /** Reads what {@link #writeClasses} wrote. */
    static List<Class<?>> readClasses(String text, List<Class<?>> classes) {
        return text.isEmpty()
                ? List.of()
                : Pattern.compile(",")
                        .splitAsStream(text)
                        .<Class<?>>map(index -> classes.get(Integer.parseInt(index)))
                        .toList();
    }

    private static int index(String name, List<String> classNames) {
        if (!classNames.contains(name)) {
            classNames.add(name);
        }
        return classNames.indexOf(name);
    }

    /** Reads what {@link #write} wrote, with the same classes in the same order. */
    static JavaType read(String text, List<Class<?>> classes) {
        return new TypeText(text, classes).type();
    }

    private static List<String> writeAll(List<TypeModel> types, List<String> classNames) {
        return types.stream().map(type -> write(type, classNames)).toList();
    }

    private JavaType type() {
        Class<?> raw = classes.get(number());
        TypeFactory factory = TypeFactory.defaultInstance();
        return at('<')
                ? factory.constructParametricType(raw, arguments().toArray(JavaType[]::new))
                : factory.constructType(raw);
    }

    private List<JavaType> arguments() {
        List<JavaType> arguments = new ArrayList<>();
        do {
            position++;
            arguments.add(type());
        } while (at(','));
        position++;
        return arguments;
    }

    private int number() {
        int start = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        return Integer.parseInt(text, start, position, 10);
    }

    private boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }
}
