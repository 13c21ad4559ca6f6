namespace Load.Scenarios;

internal static class ListExtensions
{
    /// <summary>Whether all items from this index on are as they should be.</summary>
    public static bool TrueForAll<T>(this List<T> list, int first, Predicate<T> condition) => list.FindIndex(first, item => !condition(item)) < 0;
}
