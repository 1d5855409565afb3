/// The messages of the commands from `at` to `export`.
enum FirstCommandPhrases {
    static let text = #"""
        changesets folded
        ru: свёрнуто наборов изменений
        zh: 个变更集已重放

        the version vector cannot be read: write {"<feed>": 12, …}
        ru: вектор версий не читается: пишите {"<feed>": 12, …}
        zh: 无法读取版本向量：请写成 {"<feed>": 12, …}

        {} is no time: write 2026-05-12T08:00:00Z, 2026-05-12, 7d, or a version vector in JSON
        ru: {1} — не время: пишите 2026-05-12T08:00:00Z, 2026-05-12, 7d или вектор версий в JSON
        zh: {1} 不是时间：请写 2026-05-12T08:00:00Z、2026-05-12、7d，或 JSON 格式的版本向量

        pages copied
        ru: страниц скопировано
        zh: 页已复制

        {} changesets are in {}
        ru: {1} {1:набор|набора|наборов} изменений в {2}
        zh: {1} 个变更集已存入 {2}

        {} changesets are back; run `caravan sync` for what was written since
        ru: {1} {1:набор|набора|наборов} изменений возвращено; что написано позже, принесёт `caravan sync`
        zh: 已恢复 {1} 个变更集；此后写入的内容请用 `caravan sync` 取回

        invitations that were open in the backup are withdrawn ({}): invite anew
        ru: приглашения, которые были открыты в резервной копии, отозваны ({1}): пригласите заново
        zh: 备份中尚未使用的邀请已全部撤回（{1} 个）：请重新邀请

        the replica that was here is kept as {}
        ru: реплика, которая была здесь, сохранена как {1}
        zh: 原来的副本保存为 {1}

        {} settled
        ru: улажено: {1}
        zh: 已解决 {1} 项

        {} settled, {} left
        ru: улажено: {1}, осталось: {2}
        zh: 已解决 {1} 项，剩余 {2} 项

        … and {} more
        ru: … и ещё {1}
        zh: ……还有 {1} 项

        nothing was written: this was --dry-run
        ru: ничего не записано: это был --dry-run
        zh: 未写入任何内容：这是 --dry-run

        changesets written
        ru: наборов изменений записано
        zh: 个变更集已写出

        anyone
        ru: всех
        zh: 任何人

        , encrypted
        ru: , зашифровано
        zh: ，已加密

        {}: {} changesets, {} bytes, for {}{}
        ru: {1}: {2} {2:набор|набора|наборов} изменений, {3} {3:байт|байта|байтов}, для {4}{5}
        zh: {1}：{2} 个变更集，{3} 字节，接收者：{4}{5}

        say what to write with one of --to PEER, --since VECTOR and --all
        ru: скажите, что записать: --to PEER, --since VECTOR или --all
        zh: 请用 --to PEER、--since VECTOR 或 --all 说明要写出什么

        changesets taken
        ru: наборов изменений принято
        zh: 个变更集已接收

        {} changesets taken, {} applied, {} known before, {} waiting
        ru: наборов изменений: принято {1}, применено {2}, было известно {3}, ждут {4}
        zh: 变更集：接收 {1}，应用 {2}，先前已有 {3}，等待 {4}

        {} encrypted to others: kept, and passed on by `bundle exchange`
        ru: зашифровано для других: {1}; сохранено, и `bundle exchange` передаст дальше
        zh: {1} 个为他人加密：已保存，`bundle exchange` 会继续转交

        from      {}
        ru: от           {1}
        zh: 来自    {1}

        for       {}
        ru: для          {1}
        zh: 接收者  {1}

        none yet
        ru: ещё нет
        zh: 尚无

        alliance  {}
        ru: альянс       {1}
        zh: 联盟    {1}

        yes
        ru: да
        zh: 是

        no
        ru: нет
        zh: 否

        encrypted {}
        ru: зашифрован   {1}
        zh: 加密    {1}

        bytes     {}
        ru: байтов       {1}
        zh: 字节    {1}

        holds     what its readers alone can see
        ru: содержит     то, что видят только читатели
        zh: 内容    只有接收者能看到

        what its writer has, and no changesets
        ru: то, что есть у написавшего, без наборов изменений
        zh: 只有写出者已有内容的清单，没有变更集

        {} changesets
        ru: {1} {1:набор|набора|наборов} изменений
        zh: {1} 个变更集

        holds     {}
        ru: содержит     {1}
        zh: 内容    {1}

        {} of {}: {} to {}
        ru: {1}, {2}: с {3} по {4}
        zh: {2} 的 {1}：{3} 至 {4}

        lacked    {} of them are not here
        ru: не хватает   из них здесь нет {1}
        zh: 缺少    其中 {1} 个这里没有

        {}: what this node has; on another node, `bundle export NEW --to` it writes what is missing here
        ru: {1}: то, что есть у этого узла; на другом узле `bundle export NEW --to` с ним запишет то, чего \#
        здесь нет
        zh: {1}：本节点已有内容的清单；在另一节点上对它运行 `bundle export NEW --to`，即写出这里缺少的内容

        missing: {} of {} up to {}; `caravan bundle request FILE` writes what the next carrier needs
        ru: не хватает: {2}, {1}, до {3}; `caravan bundle request FILE` запишет, что нужно следующему курьеру
        zh: 缺少：{2} 的 {1}，直到 {3}；`caravan bundle request FILE` 写出下一位携带者需要的清单

        changesets
        ru: наборов изменений
        zh: 个变更集

        caravan: passed over: {}
        ru: caravan: пропущено: {1}
        zh: caravan: 已跳过：{1}

        caravan: goes on waiting: {}
        ru: caravan: ждёт и дальше: {1}
        zh: caravan: 继续等待：{1}

        caravan: deleted, for no node can take it: {}
        ru: caravan: удалено, принять это не может ни один узел: {1}
        zh: caravan: 已删除，任何节点都无法接收：{1}

        no room for all that {} lacks: free some space there, or raise --max-bytes
        ru: не хватает места для всего, чего нет у {1}: освободите там место или увеличьте --max-bytes
        zh: {1} 缺少的内容放不下：请在那里腾出空间，或增大 --max-bytes

        file
        ru: файл
        zh: 文件

        files
        ru: файлов
        zh: 文件

        {} {} that others encrypted passed on
        ru: передано дальше файлов, зашифрованных другими: {1}
        zh: 已转交 {1} 个他人加密的文件

        node's
        ru: узла
        zh: 个节点

        nodes'
        ru: узлов
        zh: 个节点

        {} {} changes taken, {} written for; you may pull the stick out now
        ru: изменения приняты от узлов: {1}, записаны для узлов: {3}; флешку можно вынуть
        zh: 已接收 {1} 个节点的变更，已为 {3} 个节点写出；现在可以拔出U盘

        {} {} changes taken, {} written for; not all is on the stick that was to be
        ru: изменения приняты от узлов: {1}, записаны для узлов: {3}; на флешке не всё, что нужно
        zh: 已接收 {1} 个节点的变更，已为 {3} 个节点写出；应写入U盘的内容并未全部写入

        name
        ru: имя
        zh: 名称

        clock
        ru: часы
        zh: 时钟

        last contact
        ru: последняя связь
        zh: 最近联系

        keeps time
        ru: хранит время
        zh: 报时

        site
        ru: узел
        zh: 站点

        this one
        ru: этот
        zh: 本节点

        never met
        ru: не встречались
        zh: 从未联系

        stamped here with {}, by {}
        ru: записи здесь помечаются с поправкой {1}, по часам {2}
        zh: 此处的写入按 {2} 的时钟标记，偏差 {1}

        {} keeps time
        ru: {1} хранит время
        zh: {1} 负责报时

        {} keeps time already
        ru: {1} уже хранит время
        zh: {1} 已经负责报时

        {} keeps time no longer
        ru: {1} больше не хранит время
        zh: {1} 不再负责报时

        {} did not keep time
        ru: {1} и не хранил время
        zh: {1} 原本就不负责报时

        {} by {}, which keeps time
        ru: {1} по часам {2}, который хранит время
        zh: {1}，以负责报时的 {2} 为准

        {}{} min
        ru: {1}{2} мин
        zh: {1}{2} 分钟

        no conflicts
        ru: конфликтов нет
        zh: 没有冲突

        --limit is a number from 1
        ru: --limit — число от 1
        zh: --limit 是从 1 起的数

        shown
        ru: видно
        zh: 显示

        kept
        ru: сохранено
        zh: 保留

        was deleted and edited apart; it stays
        ru: строку удалили и правили порознь; она остаётся
        zh: 被分别删除和修改；该行保留

        deleted by {}
        ru: удалил {1}
        zh: 删除者 {1}

        is deleted, and stays while others refer to it
        ru: удалена и остаётся, пока на неё ссылаются
        zh: 已删除，但仍有引用，因此保留

        referred to by {} {}
        ru: ссылается {1} {2}
        zh: 被 {1} {2} 引用

        shows what does not count, for its author had no right to write it any more
        ru: показывает то, что не считается: у автора уже не было права это писать
        zh: 显示的内容不算数：作者当时已无权写入

        fails the check {}
        ru: не проходит проверку {1}
        zh: 不符合检查 {1}

        {} rows are equal in a UNIQUE
        ru: {1} {1:строка равна|строки равны|строк равны} в UNIQUE
        zh: {1} 行在 UNIQUE 上相同

        look at it: {}
        ru: посмотреть: {1}
        zh: 查看：{1}

        settle it: {}
        ru: уладить: {1}
        zh: 解决：{1}

        this node lacks
        ru: не хватает этому узлу
        zh: 本节点缺少

        {} lacks
        ru: не хватает {1}
        zh: {1} 缺少

        nothing
        ru: ничего
        zh: 无

        {}: {} changesets would come in, {} would be sent
        ru: {1}: пришло бы {2} {2:набор|набора|наборов} изменений, ушло бы {3}
        zh: {1}：将收到 {2} 个变更集，将发送 {3} 个

        would be listed:
        ru: попало бы в список:
        zh: 将列为冲突：

        would be settled:
        ru: было бы улажено:
        zh: 将得到解决：

        new     {}
        ru: новая    {1}
        zh: 新增  {1}

        gone    {}
        ru: исчезла  {1}
        zh: 消失  {1}

        changed {}  {}
        ru: изменена {1}  {2}
        zh: 更改  {1}  {2}

        nothing is wrong
        ru: всё в порядке
        zh: 一切正常

        export takes either --table or --query
        ru: export принимает либо --table, либо --query
        zh: export 需要 --table 或 --query 之一

        a workbook goes into a file: name it with --output FILE.xlsx
        ru: книга пишется в файл: назовите его, --output FILE.xlsx
        zh: 工作簿要写入文件：请用 --output FILE.xlsx 指定

        rows written
        ru: строк записано
        zh: 行已写出

        caravan: {} rows are in {}
        ru: caravan: {1} {1:строка|строки|строк} в {2}
        zh: caravan: {1} 行已存入 {2}

        no more conflicts
        ru: больше конфликтов нет
        zh: 没有更多冲突

        more: {}
        ru: дальше: {1}
        zh: 更多：{1}

        used
        ru: использовано
        zh: 已使用

        expired
        ru: истекло
        zh: 已过期
        """#
}
