package dev.millrace.worker.registry;

import dev.millrace.worker.registry.TypeModel.Kind;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.RecordComponentInfo;
import jakarta.enterprise.lang.model.types.ParameterizedType;
import jakarta.enterprise.lang.model.types.PrimitiveType;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.enterprise.lang.model.types.WildcardType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the types of an application that is being built. Its classes are known by their bytes and never loaded. */
final class TypeModels {

    /** It is written as the graph that it is. */
    private static final String FLOW = "dev.millrace.flow.Flow";

    /** By name, because Quarkus is no dependency of a bean's build-time model. */
    private static final String REGISTERED = "io.quarkus.runtime.annotations.RegisterForReflection";

    private static final Map<String, Kind> KNOWN = Map.of(
            "void", Kind.NOTHING,
            "java.lang.Void", Kind.NOTHING,
            "io.smallrye.mutiny.Uni", Kind.UNI,
            "dev.millrace.task.TaskContext", Kind.CONTEXT);

    private static final Set<String> VALUES = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Number",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.util.UUID",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble",
            "java.net.URI");

    private static final Set<String> VALUE_PACKAGES = Set.of("java.math", "java.time");

    private static final Set<String> CONTAINERS =
            Set.of("java.util.Collection", "java.util.List", "java.util.Set", "java.util.Map", "java.util.Optional");

    private static final String TREES = "com.fasterxml.jackson.databind";

    private TypeModels() {}

    static TypeModel of(Type type) {
        return switch (type.kind()) {
            case VOID -> TypeModel.plain(Kind.NOTHING, "void");
            case PRIMITIVE -> TypeModel.plain(Kind.VALUE, boxed(type.asPrimitive()));
            case CLASS -> ofClass(type.asClass().declaration(), List.of());
            case PARAMETERIZED_TYPE -> ofGeneric(type.asParameterizedType());
            case ARRAY ->
                TypeModel.generic(
                        Kind.OTHER, "an array", List.of(of(type.asArray().componentType())));
            case WILDCARD_TYPE -> ofWildcard(type.asWildcardType());
            case TYPE_VARIABLE ->
                TypeModel.plain(Kind.OTHER, type.asTypeVariable().name());
        };
    }

    private static TypeModel ofGeneric(ParameterizedType type) {
        return ofClass(
                type.genericClass().declaration(),
                type.typeArguments().stream().map(TypeModels::of).toList());
    }

    private static TypeModel ofWildcard(WildcardType type) {
        return type.upperBound() == null ? TypeModel.plain(Kind.VALUE, "java.lang.Object") : of(type.upperBound());
    }

    private static TypeModel ofClass(ClassInfo declaration, List<TypeModel> arguments) {
        String name = declaration.name();
        Kind kind = kindOf(declaration);
        return new TypeModel(
                kind,
                name,
                arguments,
                () -> components(declaration),
                !needsReflection(kind, declaration) || isRegistered(declaration));
    }

    private static Kind kindOf(ClassInfo declaration) {
        String name = declaration.name();
        if (KNOWN.containsKey(name)) {
            return KNOWN.get(name);
        }
        if (CONTAINERS.contains(name)) {
            return Kind.CONTAINER;
        }
        if (name.equals(TREES + ".JsonNode") || name.startsWith(TREES + ".node.")) {
            return Kind.TREE;
        }
        if (VALUES.contains(name)
                || name.equals(FLOW)
                || VALUE_PACKAGES.contains(packageOf(name))
                || declaration.isEnum()) {
            return Kind.VALUE;
        }
        return declaration.isRecord() ? Kind.RECORD : Kind.OTHER;
    }

    private static List<TypeModel> components(ClassInfo declaration) {
        return declaration.isRecord()
                ? declaration.recordComponents().stream()
                        .map(RecordComponentInfo::type)
                        .map(TypeModels::of)
                        .toList()
                : List.of();
    }

    private static boolean needsReflection(Kind kind, ClassInfo declaration) {
        return kind == Kind.RECORD || kind == Kind.OTHER && !declaration.name().startsWith("java.");
    }

    private static boolean isRegistered(ClassInfo declaration) {
        return declaration.hasAnnotation(
                annotation -> annotation.declaration().name().equals(REGISTERED));
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String boxed(PrimitiveType type) {
        return switch (type.primitiveKind()) {
            case BOOLEAN -> "java.lang.Boolean";
            case BYTE -> "java.lang.Byte";
            case SHORT -> "java.lang.Short";
            case INT -> "java.lang.Integer";
            case LONG -> "java.lang.Long";
            case FLOAT -> "java.lang.Float";
            case DOUBLE -> "java.lang.Double";
            case CHAR -> "java.lang.Character";
        };
    }
}
