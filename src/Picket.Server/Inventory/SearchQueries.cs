using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>"Starts with", letter case ignored. LIKE does so on SQLite (for ASCII), ILIKE on PostgreSQL.</summary>
internal static class SearchQueries
{
    public static IQueryable<TRow> WhereStartsWith<TRow>(
        this IQueryable<TRow> rows,
        PicketDatabase database,
        string? text,
        params ReadOnlySpan<Expression<Func<TRow, string?>>> columns
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return rows;
        }

        var pattern = Escape(text.Trim()) + "%";
        Expression<Func<string?, bool>> match = database.IsSqlite
            ? value => EF.Functions.Like(value!, pattern, "\\")
            : value => EF.Functions.ILike(value!, pattern, "\\");
        var row = Expression.Parameter(typeof(TRow), "row");
        Expression? any = null;
        foreach (var column in columns)
        {
            var value = new Put(column.Parameters[0], row).Visit(column.Body);
            var test = new Put(match.Parameters[0], value).Visit(match.Body);
            any = any is null ? test : Expression.OrElse(any, test);
        }

        return rows.Where(Expression.Lambda<Func<TRow, bool>>(any!, row));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private sealed class Put(ParameterExpression hole, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == hole ? value : node;
    }
}
