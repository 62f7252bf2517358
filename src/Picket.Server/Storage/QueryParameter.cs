using System.Linq.Expressions;

namespace Picket.Server.Storage;

/// <summary>A value in a condition that is put together by hand.</summary>
internal static class QueryParameter
{
    /// <summary>Through a member, as the compiler would write it: EF Core makes it a parameter and keeps one query plan.</summary>
    public static Expression Of<T>(T value) => Expression.Property(Expression.Constant(new { value }), nameof(value));
}
