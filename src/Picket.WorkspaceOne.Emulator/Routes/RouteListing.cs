using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>What is emulated, as a table in Markdown: for <c>--routes</c>, and for the documentation that a test holds to it.</summary>
internal static class RouteListing
{
    public static string Markdown()
    {
        var rows = AllRoutes
            .Table()
            .Routes.OrderBy(route => route.Template, StringComparer.Ordinal)
            .ThenBy(route => route.Method, StringComparer.Ordinal)
            .Select(Row);
        return string.Join(
            '\n',
            ["| route below `/API` | versions | answer | the role needs | |", "|-|-|-|-|-|", .. rows]
        );
    }

    private static string Row(ApiRoute route)
    {
        var name = $"{route.Method} {route.Template}";
        var need = route.Need.Right?.ToString() ?? "nothing but a sign-in";
        var trust = route.Need.Trust == Trust.Documented ? "D" : "I";
        return $"| `{name}` | {route.SupportedVersions} | {AnswerMarks.Of(name)} | {need} | {trust} |";
    }
}
