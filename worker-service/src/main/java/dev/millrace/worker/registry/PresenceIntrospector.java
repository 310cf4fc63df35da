package dev.millrace.worker.registry;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells Jackson what {@link Presence} says about the parameters of a record's canonical constructor. */
final class PresenceIntrospector extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return component(member).map(Presence::isRequired).orElseGet(() -> super.hasRequiredMarker(member));
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return component(member)
                .filter(component -> !Presence.takesNull(component))
                .map(component -> JsonSetter.Value.forValueNulls(Nulls.FAIL))
                .orElseGet(() -> super.findSetterInfo(member));
    }

    private static Optional<RecordComponent> component(Annotated member) {
        return member instanceof AnnotatedParameter parameter && isCanonical(parameter)
                ? Optional.of(parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()])
                : Optional.empty();
    }

    private static boolean isCanonical(AnnotatedParameter parameter) {
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        if (components == null || components.length != parameter.getOwner().getParameterCount()) {
            return false;
        }
        for (int i = 0; i < components.length; i++) {
            if (parameter.getOwner().getRawParameterType(i) != components[i].getType()) {
                return false;
            }
        }
        return true;
    }
}
