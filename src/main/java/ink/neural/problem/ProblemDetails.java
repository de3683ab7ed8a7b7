package ink.neural.problem;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The body of an error answer (RFC 9457).
 *
 * @param type a stable URN that identifies the problem
 * @param title a short summary
 * @param status the HTTP status
 * @param detail what is wrong in this case and what to do
 * @param position index of the first wrong character of a pattern; null, and not sent, for any other problem
 */
@JsonbPropertyOrder({"type", "title", "status", "detail", "position"})
public record ProblemDetails(String type, String title, int status, String detail, Integer position) {}
