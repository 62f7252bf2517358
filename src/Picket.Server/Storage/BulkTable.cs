using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Picket.Server.Storage;

/// <summary>A table as the bulk writers see it: columns with their getters, read from the EF Core model.</summary>
public sealed record BulkTable(string Name, IReadOnlyList<BulkColumn> Columns)
{
    /// <summary>All columns of the row's table, or its key and the named ones.</summary>
    public static BulkTable Of<TRow>(PicketDbContext context, IReadOnlyList<string>? properties = null)
    {
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var columns =
            from property in entity.GetProperties()
            where properties is null || property.IsPrimaryKey() || properties.Contains(property.Name)
            select BulkColumn.Of(property);
        return new BulkTable(entity.GetTableName()!, [.. columns]);
    }

    /// <summary>The columns by which rows are told apart: the primary key, unless others are named.</summary>
    public IReadOnlyList<BulkColumn> Unique { get; private init; } = [.. Columns.Where(column => column.IsKey)];

    public BulkTable By(IReadOnlyList<string> unique) =>
        this with
        {
            Unique = [.. unique.Select(name => Columns.Single(column => column.Name == name))],
        };
}

/// <param name="Name">Column name in the database.</param>
/// <param name="IsKey">Part of the primary key.</param>
/// <param name="StoreType">The database's type name.</param>
/// <param name="Read">The stored form of the value, null for none.</param>
/// <param name="Property">The property that it stores.</param>
public sealed record BulkColumn(
    string Name,
    bool IsKey,
    string StoreType,
    Func<object, object?> Read,
    IProperty Property
)
{
    internal static BulkColumn Of(IProperty property)
    {
        var getter = property.GetGetter();
        var mapping = property.GetRelationalTypeMapping();
        var convert = mapping.Converter?.ConvertToProvider;
        return new BulkColumn(
            property.GetColumnName(),
            property.IsPrimaryKey(),
            mapping.StoreType,
            convert is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? convert(value) : null,
            property
        );
    }
}
