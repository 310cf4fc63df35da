package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Pages of a list, one after the other.
 *
 * @param items of all of them
 * @param next the cursor behind the last one; empty if nothing is left
 */
public record Pages(List<Answer> answers, List<JsonNode> items, Optional<String> next) {}
