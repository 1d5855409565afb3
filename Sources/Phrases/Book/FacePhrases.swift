/// The messages of the node for its people: doctor, members, peers, records.
enum FacePhrases {
    static let text = #"""
        what is pending
        ru: ожидающее
        zh: 待处理的内容

        the replica
        ru: реплика
        zh: 副本

        the views
        ru: представления
        zh: 视图

        the peers
        ru: партнёры
        zh: 对端

        the refusals
        ru: отказы
        zh: 拒绝记录

        only {} MiB are free on the disk of {}: free some space, or writing and syncing will stop
        ru: на диске {2} свободно лишь {1} МиБ: освободите место, иначе запись и синхронизация остановятся
        zh: {2} 所在磁盘只剩 {1} MiB：请腾出空间，否则写入和同步会停止

        other users of this machine may read {}: run `chmod 600 {}`
        ru: другие пользователи этой машины могут читать {1}: выполните `chmod 600 {2}`
        zh: 本机其他用户可以读取 {1}：请运行 `chmod 600 {2}`

        other users of this machine may read {}, in which a proxy's password stands: run `chmod 600 {}`
        ru: другие пользователи этой машины могут читать {1}, где записан пароль прокси: выполните `chmod 600 \#
        {2}`
        zh: 本机其他用户可以读取 {1}，其中有代理密码：请运行 `chmod 600 {2}`

        of the byte budget of this {} {} are used: once it is used up `caravan serve` exchanges with nobody {}; \#
        raise {} in config.yaml if that is too early
        ru: из бюджета байтов на {1?day:этот день|month:этот месяц} израсходовано {2}: когда он кончится, \#
        `caravan serve` ни с кем не обменивается {3}; если это рано, увеличьте {4} в config.yaml
        zh: 本{1?day:日|month:月}的字节额度已用 {2}：用完后 `caravan serve` 不与任何人同步，{3}；如果太早，请在 config.yaml 中增大 {4}

        {} could not be looked at: {}
        ru: не удалось посмотреть, {1}: {2}
        zh: 无法查看{1}：{2}

        {} {} times so far
        ru: {1}, пока {2} {2:раз|раза|раз}
        zh: {1}，至今 {2} 次

        {} was refused, for {}, and has not been back since: {}
        ru: узлу {1} отказано ({2}), и с тех пор он не появлялся: {3}
        zh: {1} 被拒绝（{2}），此后没有再来：{3}

        the key of {} is a JSON array of {}: write it such as '["a", 1]'
        ru: ключ {1} — массив JSON из {2}: пишите так: '["a", 1]'
        zh: {1} 的键是由 {2} 组成的 JSON 数组：请写成如 '["a", 1]'

        no value of a key
        ru: не значение ключа
        zh: 不是键的值

        {} is the beginning of several site ids
        ru: {1} — начало нескольких идентификаторов узлов
        zh: {1} 是多个站点编号的开头

        there is no member {}{}: `caravan member list` shows them
        ru: участника {1}{2} нет: какие есть, скажет `caravan member list`
        zh: 没有成员 {1}{2}：`caravan member list` 会列出

        {} members are called {}
        ru: {1} {1:участник зовётся|участника зовутся|участников зовутся} {2}
        zh: 有 {1} 个成员叫 {2}

        {}: {}; write the beginning of an id instead
        ru: {1}: {2}; вместо имени пишите начало идентификатора
        zh: {1}：{2}；请改写编号的开头

        the backup's file has no name: write one
        ru: у файла резервной копии нет имени: дайте его
        zh: 备份文件没有名称：请写一个

        {} is there already: name a file that is not
        ru: {1} уже есть: назовите файл, которого нет
        zh: {1} 已存在：请写一个不存在的文件

        {} cannot be written: check that its folder is there and who owns it
        ru: {1} нельзя записать: проверьте, есть ли папка и кто владелец
        zh: 无法写入 {1}：请检查其目录是否存在及所有者

        the clock of {} was {} minutes {} this one
        ru: часы {1} были на {2} мин {3?ahead of:впереди|behind:позади} этих
        zh: {1} 的时钟曾比本机{3?ahead of:快|behind:慢} {2} 分钟

        : {} keeps time for the alliance, and what is written here is stamped by its clock; set this machine's \#
        clock right
        ru: : {1} хранит время альянса, и написанное здесь помечается по его часам; поправьте часы этой машины
        zh: ：{1} 为联盟报时，此处的写入按它的时钟标记；请校准本机时钟

        : this node keeps time for the alliance; look at both, and set the wrong one right
        ru: : время альянса хранит этот узел; посмотрите на обои и поправьте неверные
        zh: ：本节点为联盟报时；请查看两边，校准不准的一个

        : set the wrong one right, for where two people change one value the one whose clock is ahead is shown; \#
        `caravan clocks keep NAME`, on an admin's node, names a member by whose clock the others go
        ru: : поправьте неверные: где двое меняют одно значение, видно значение того, чьи часы впереди; \#
        `caravan clocks keep NAME` на узле администратора назовёт, по чьим часам идут остальные
        zh: ：请校准不准的一个，因为两人改同一个值时显示时钟较快者的；在管理员节点上用 `caravan clocks keep NAME` 指定以谁的时钟为准

        this node gave no such invitation: `caravan invite list` shows those that it gave
        ru: этот узел не давал такого приглашения: какие давал, скажет `caravan invite list`
        zh: 本节点没有发出过这个邀请：`caravan invite list` 会列出已发出的

        {} invitations begin with {}: write more of the id
        ru: с {2} начинается приглашений: {1}; напишите больше
        zh: 有 {1} 个邀请以 {2} 开头：请多写几位

        the invitation was used already: whoever joined by it is a member now
        ru: приглашение уже использовано: кто по нему вступил, теперь участник
        zh: 该邀请已被使用：凭它加入者已是成员

        there is no member {}
        ru: участника {1} нет
        zh: 没有成员 {1}

        a peer's name is one line without a colon
        ru: имя партнёра — одна строка без двоеточия
        zh: 对端的名称是一行，不含冒号

        a peer needs an address: HOST:PORT; without one, give a member that dials this node a window or a rate
        ru: партнёру нужен адрес: HOST:PORT; без него можно дать окно или скорость участнику, который звонит сам
        zh: 对端需要地址：HOST:PORT；没有地址时，可为拨入本节点的成员设定时段或速率

        {} is no rate: write bytes a second, such as 32k (32 × 1024) or 1M
        ru: {1} — не скорость: пишите байты в секунду, например 32k (32 × 1024) или 1M
        zh: {1} 不是速率：请写每秒字节数，如 32k（32 × 1024）或 1M

        a rate of {} is out of bounds: write one from 4k on, below which a peer takes silence for a broken \#
        link, up to {}G bytes a second
        ru: скорость {1} вне пределов: от 4k, ниже чего молчание принимают за обрыв, до {2}G байтов в секунду
        zh: 速率 {1} 超出范围：从 4k（再低对方会把静默当作断线）到每秒 {2}G 字节

        an invitation expires later than now
        ru: приглашение истекает позже, чем сейчас
        zh: 邀请的到期时间要晚于现在

        no address is known at which others reach this node: give --address HOST:PORT, or run `caravan serve` \#
        first
        ru: неизвестно, по какому адресу этот узел достижим: дайте --address HOST:PORT или сначала запустите \#
        `caravan serve`
        zh: 不知道他人用哪个地址能到达本节点：请给出 --address HOST:PORT，或先运行 `caravan serve`

        {} is not an address: write HOST:PORT, or [IPv6]:PORT
        ru: {1} — не адрес: пишите HOST:PORT или [IPv6]:PORT
        zh: {1} 不是地址：请写 HOST:PORT 或 [IPv6]:PORT

        {} is where one listens, and nobody can dial it: name the address at which others reach this machine
        ru: {1} — где слушают, но вызвать это никто не может: назовите адрес, по которому достижима машина
        zh: {1} 是监听地址，别人无法拨入：请写他人能到达本机的地址

        {} names no changeset: write FEED:SEQ, as `caravan log` shows them
        ru: {1} не называет набора изменений: пишите FEED:SEQ, как показывает `caravan log`
        zh: {1} 不是变更集：请写 FEED:SEQ，见 `caravan log`

        there is no changeset {} of {} here
        ru: набора изменений {1} от {2} здесь нет
        zh: 这里没有 {2} 的变更集 {1}

        {} can be one of several changesets: {}; write one of these
        ru: {1} может быть одним из нескольких наборов изменений: {2}; напишите один из них
        zh: {1} 可能是几个变更集之一：{2}；请写其中一个

        and nobody ever wrote one
        ru: и никто её не писал
        zh: 也从未有人写过

        for it was deleted: `caravan history` shows its versions
        ru: её удалили: версии покажет `caravan history`
        zh: 已被删除：`caravan history` 显示其各个版本

        table {} has no row {}, {}
        ru: в таблице {1} нет строки {2}: {3}
        zh: 表 {1} 中没有行 {2}：{3}

        nobody ever wrote a row {} of {}
        ru: строку {1} таблицы {2} никто не писал
        zh: 从未有人写过 {2} 的行 {1}

        there is no table {}{}: the tables are {}
        ru: нет таблицы {1}{2}: есть {3}
        zh: 没有表 {1}{2}：现有 {3}

        there is no scope {}: the scopes are alliance and control
        ru: нет области {1}: есть alliance и control
        zh: 没有范围 {1}：只有 alliance 和 control

        {} is no place in the list: write it as `caravan conflicts` prints it
        ru: {1} — не место в списке: пишите так, как печатает `caravan conflicts`
        zh: {1} 不是列表中的位置：请照 `caravan conflicts` 打印的写

        the changeset behind which the page begins is not here: begin anew
        ru: набора изменений, после которого начинается страница, здесь нет: начните заново
        zh: 此处没有该页起始处的变更集：请从头开始
        """#
}
