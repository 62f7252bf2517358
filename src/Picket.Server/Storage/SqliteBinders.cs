using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Picket.Server.Storage;

/// <summary>Binds the stored form of one property of a row to a place of a statement.</summary>
internal delegate void SqliteBinder<in TRow>(SqliteStatement statement, int place, TRow row);

/// <summary>
/// Binders of properties, compiled from the EF Core model. A full sync binds some three million values: read through
/// <see cref="object"/>, each of them would be a box, a converter's call and a look at its type. They are kept for the
/// process: the model is one.
/// </summary>
internal static class SqliteBinders
{
    private static readonly ConcurrentDictionary<IProperty, Delegate> Made = [];

    public static SqliteBinder<TRow> Of<TRow>(IProperty property) =>
        (SqliteBinder<TRow>)Made.GetOrAdd(property, wanted => Make<TRow>(wanted));

    private static SqliteBinder<TRow> Make<TRow>(IProperty property)
    {
        var statement = Expression.Parameter(typeof(SqliteStatement));
        var place = Expression.Parameter(typeof(int));
        var row = Expression.Parameter(typeof(TRow));
        Expression value = Expression.Property(row, property.PropertyInfo!);
        Expression bind = Nullable.GetUnderlyingType(value.Type) is null
            ? Bind(value)
            : Expression.IfThenElse(
                Expression.Property(value, nameof(Nullable<>.HasValue)),
                Bind(Expression.Property(value, nameof(Nullable<>.Value))),
                Expression.Call(statement, nameof(SqliteStatement.BindNothing), null, place)
            );
        return Expression.Lambda<SqliteBinder<TRow>>(bind, statement, place, row).Compile();

        MethodCallExpression Bind(Expression given)
        {
            var converter = property.GetRelationalTypeMapping().Converter?.ConvertToProviderExpression;
            var stored = converter is null ? given : Expression.Invoke(converter, given);
            var binding =
                typeof(SqliteStatement).GetMethod(nameof(SqliteStatement.Bind), [typeof(int), stored.Type])
                ?? throw new NotSupportedException(
                    $"{property.DeclaringType.DisplayName()}.{property.Name}: values of type {stored.Type.Name} have no "
                        + "stored form here; give the property a converter."
                );
            return Expression.Call(statement, binding, place, stored);
        }
    }
}
