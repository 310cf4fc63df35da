package dev.millrace.api.base.database;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The few connections on the path of every job. Their sessions are set up {@linkplain dev.millrace.postgres.Sessions#byKey for
 * statements that find all rows by their keys}; whoever lists or counts takes one of the others, and keeps none of these waiting.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface ByKey {}
