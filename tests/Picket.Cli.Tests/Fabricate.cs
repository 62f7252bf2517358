using System.Reflection;
using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Makes a record of the contract in which no property has its default value.</summary>
internal static class Fabricate
{
    public static T A<T>() => (T)Value(typeof(T));

    public static object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (Simple(type) is { } simple)
            return simple;
        if (type.IsArray)
            return ArrayOf(type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ArrayOf(type.GetGenericArguments()[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return DictionaryOf(type.GetGenericArguments()[1]);
        return Record(type == typeof(Credential) ? typeof(OAuthCredential) : type);
    }

    private static object? Simple(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(int) ? 7
        : type == typeof(long) ? 8_000_000_000L
        : type == typeof(double) ? 0.5
        : type == typeof(bool) ? true
        : type == typeof(Guid) ? Guid.Parse("0198c0de-0000-7000-8000-000000000001")
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 10, 31, 8, 30, 0, TimeSpan.Zero)
        : type == typeof(JsonElement) ? JsonSerializer.SerializeToElement("text", JsonSerializerOptions.Web)
        : type == typeof(DateOnly) ? new DateOnly(2026, 10, 31)
        : null;

    private static Array ArrayOf(Type element) => ListOf(element, Value(element));

    private static Array ListOf(Type element, object only)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(only, 0);
        return array;
    }

    private static object DictionaryOf(Type value)
    {
        var dictionary = Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        ((System.Collections.IDictionary)dictionary)["some key"] = Value(value);
        return dictionary;
    }

    /// <param name="innermost">What holds more of its kind ends somewhere.</param>
    private static object Record(Type type, bool innermost = false)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var arguments = constructor.GetParameters().Select(parameter => Value(parameter.ParameterType));
        var record = constructor.Invoke([.. arguments]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite)
                continue;
            if (property.PropertyType != typeof(IReadOnlyList<>).MakeGenericType(type))
                property.SetValue(record, Value(property.PropertyType));
            else if (!innermost)
                property.SetValue(record, ListOf(type, Record(type, innermost: true)));
        }
        return record;
    }
}
